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

  /// Adds a line, the id as it came, a text or a number.
  ///
  /// `null` stands where a component does not apply, and where a plug-in gives no finite number.
  func append(
    _ line: CompletionLine, _ reading: Reading, _ judgement: Judgement, form: AnswerForm, to bytes: inout JSONBytes
  ) {
    bytes.append(raw: "{\"answer\":")
    if let answer = reading.answer { bytes.append(AnswerWriter(form).write(answer)) } else { bytes.append(raw: "null") }
    bytes.append(raw: ",\"components\":{")
    for (place, name) in components {
      bytes.append(raw: name)
      bytes.append(judgement.components[place])
    }
    bytes.append(raw: "},\"id\":")
    if line.isNumbered { bytes.append(raw: Array(line.id.utf8)) } else { bytes.append(line.id) }
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
