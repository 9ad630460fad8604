/// Which encoder a policy heard its tracks through.
package struct EncoderReference: Sendable, Hashable {
  /// Where its file lay: a path from the working folder of that time, or a name alone.
  package let file: String
  /// ``MusicEncoder/checksum`` of it.
  package let checksum: String

  /// Of an absolute path the last part is kept: it means nothing on another machine.
  package init(_ encoder: MusicEncoder, file: String) {
    self.init(file: file, checksum: encoder.checksum)
  }

  init(file: String, checksum: String) {
    self.file = file.hasPrefix("/") ? Self.name(of: file) : file
    self.checksum = checksum
  }

  /// The last part of a path.
  static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
