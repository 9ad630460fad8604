/// Why music could not be read, written or rendered.
public struct MusicError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// The file is not there or may not be opened.
    case unreadable
    /// The file is there, but is not what it should be.
    case malformed
    /// The file is sound, but of a length, rate or format that is not allowed here.
    case unsupported
    /// The file could not be written.
    case unwritable
    /// A program or data file that is needed is not installed, or failed.
    case tool
  }

  public var code: Code
  /// The file in question.
  public var path: String
  /// Where in the file, in bytes from its start.
  public var offset: Int?
  /// What is wrong, what was seen, what is allowed, and the remedy.
  public var message: String

  public init(_ code: Code, path: String, offset: Int? = nil, _ message: String) {
    self.code = code
    self.path = path
    self.offset = offset
    self.message = message
  }

  public var description: String {
    offset.map { "\(path): byte \($0): \(message)" } ?? "\(path): \(message)"
  }
}
