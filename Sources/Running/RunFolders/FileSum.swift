import Files
import Foundation

/// Length and checksum of a file that a run left, in `NAME.sum` beside it: of `policy.bin` and `rollouts.bin`.
///
/// A `policy.safetensors` holds its own checksum, and so does what it is exported to; `evaluation.jsonl` has its ``EvaluationSum``.
package struct FileSum: Hashable, CustomStringConvertible {
  package let bytes: Int
  package let checksum: UInt64

  package static func file(of path: String) -> String { path + ".sum" }

  /// Of the file as it is, read in pieces; `nil` where it cannot be read.
  package init?(of path: String) {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    var sum = WordChecksum()
    var count = 0
    while let piece = try? handle.read(upToCount: 1 << 20), !piece.isEmpty {
      sum.update(piece)
      count += piece.count
    }
    (bytes, checksum) = (count, sum.value)
  }

  /// Writes the sum of the file as it is.
  package static func write(for path: String) throws {
    guard let sum = FileSum(of: path) else { throw FileError(path: path, message: "cannot be read") }
    try AtomicFile.write(Array("bytes \(sum.bytes)\nfnv1a64 \(sum.hexadecimal)\n".utf8), to: file(of: path))
  }

  /// What is wrong with a file; `nil` where it is what was written, or where no sum says what that was.
  package static func damage(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: file(of: path)) else { return nil }
    let words = String(decoding: data.prefix(200), as: UTF8.self).split { $0 == " " || $0 == "\n" }
    guard words.count == 4, words[0] == "bytes", words[2] == "fnv1a64" else {
      return "\(file(of: path)): is no checksum: it was cut off or changed"
    }
    guard let seen = FileSum(of: path) else { return "\(path): cannot be read" }
    let written = "\(words[1]) bytes with checksum \(words[3])"
    return seen.description == written
      ? nil : "\(path): holds \(seen), and the run wrote \(written): it was cut off or changed"
  }

  package var description: String { "\(bytes) bytes with checksum \(hexadecimal)" }

  private var hexadecimal: String { Hexadecimal.digits(of: checksum) }
}
