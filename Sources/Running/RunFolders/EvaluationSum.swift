import Files
import Foundation

/// What a run wrote into its `evaluation.jsonl`, as `evaluation.sum` beside it says: lines, and the CRC-32C of their bytes.
struct EvaluationSum: Hashable, CustomStringConvertible {
  let lines: Int
  let checksum: UInt32

  /// A last line that was cut off counts as one.
  init(of bytes: [UInt8]) {
    let isCut = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
    lines = bytes.count { $0 == UInt8(ascii: "\n") } + (isCut ? 1 : 0)
    checksum = CRC32C.checksum(of: bytes)
  }

  /// `runs/a/evaluation.jsonl` → `runs/a/evaluation.sum`.
  static func file(of evaluation: String) -> String {
    (evaluation.hasSuffix(".jsonl") ? String(evaluation.dropLast(6)) : evaluation) + ".sum"
  }

  /// `nil` where there is no such file, as beside runs of older versions.
  init?(reading path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let words = text.split { $0 == " " || $0 == "\n" }
    guard words.count == 4, words[0] == "lines", words[2] == "crc-32c", let lines = Int(words[1]),
      let checksum = UInt32(words[3], radix: 16)
    else {
      throw FileError(
        path: path,
        message: "holds “\(text.prefix(40))”, not the lines and the CRC-32C of the scores: it was cut off or changed")
    }
    (self.lines, self.checksum) = (lines, checksum)
  }

  /// The content of the file.
  var text: String { "lines \(lines)\ncrc-32c \(hexadecimal)\n" }

  var description: String { "\(lines) lines with CRC-32C \(hexadecimal)" }

  private var hexadecimal: String { Hexadecimal.digits(of: checksum) }
}
