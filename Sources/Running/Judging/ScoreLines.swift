import Files
import Foundation
import Questions
import Rewards

/// Writes scores, a JSON object a line.
struct ScoreLines: Sendable {
  /// The components in the order of their sorted labels, each with what stands before its score.
  private let components: [(place: Int, name: [UInt8])]

  init(labels: [String]) throws {
    components = try JSONBytes.order(of: labels, writtenBy: JSONText.line(object:)).enumerated().map { index, place in
      var name = JSONBytes()
      if index > 0 { name.append(raw: ",") }
      name.append(labels[place])
      name.append(raw: ":")
      return (place, name.bytes)
    }
  }

  /// `null` stands where a component does not apply, and where a plug-in gives no finite number.
  func append(_ id: String, _ reading: Reading, _ judgement: Judgement, form: AnswerForm, to bytes: inout JSONBytes) {
    bytes.append(raw: "{\"answer\":")
    if let answer = reading.answer { bytes.append(AnswerWriter(form).write(answer)) } else { bytes.append(raw: "null") }
    bytes.append(raw: ",\"components\":{")
    for (place, name) in components {
      bytes.append(raw: name)
      bytes.append(judgement.components[place])
    }
    bytes.append(raw: "},\"id\":")
    bytes.append(id)
    bytes.append(raw: ",\"outcome\":")
    bytes.append(reading.outcome.name)
    if let reason = reading.reason {
      bytes.append(raw: ",\"reason\":")
      bytes.append(reason)
    }
    bytes.append(raw: ",\"reward\":")
    bytes.append(judgement.total)
    bytes.append(raw: "}\n")
  }
}

/// Where scores go: a file or standard output.
struct ScoreOutput: Sendable {
  private let handle: FileHandle

  /// Refuses to write over one of the files that are read.
  init(path: String?, inputs: [String]) throws {
    guard let path else {
      handle = .standardOutput
      return
    }
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path(percentEncoded: false) }
    guard !inputs.map(place).contains(place(path)) else {
      throw FileError(path: path, message: "is a file that is read; name another one for the scores")
    }
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path) else {
      throw FileError(path: path, message: "cannot be written; its folder must exist and be writable")
    }
    self.handle = handle
  }

  func write(_ bytes: ArraySlice<UInt8>) throws {
    if !bytes.isEmpty { try handle.write(contentsOf: bytes) }
  }
}
