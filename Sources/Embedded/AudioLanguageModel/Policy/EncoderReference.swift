/// Which encoder a policy heard its tracks through.
public struct EncoderReference: Sendable, Hashable {
  /// Where its file lay: a path from the working folder of that time, or a name alone.
  public let file: String
  /// ``MusicEncoder/checksum`` of it.
  public let checksum: String

  /// Of an absolute path the last part is kept: it means nothing on another machine.
  public init(_ encoder: MusicEncoder, file: String) {
    self.init(file: file, checksum: encoder.checksum)
  }

  init(file: String, checksum: String) {
    self.file = file.hasPrefix("/") ? Self.name(of: file) : file
    self.checksum = checksum
  }

  /// The last part of a path.
  static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
