/// Why music could not be read, written or rendered.
package struct MusicError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
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

  package var code: Code
  /// The file in question.
  package var path: String
  /// Where in the file, in bytes from its start.
  package var offset: Int?
  /// What is wrong, what was seen, what is allowed, and the remedy.
  package var message: String

  package init(_ code: Code, path: String, offset: Int? = nil, _ message: String) {
    self.code = code
    self.path = path
    self.offset = offset
    self.message = message
  }

  package var description: String {
    offset.map { "\(path): byte \($0): \(message)" } ?? "\(path): \(message)"
  }
}
