import Files
import Foundation
import Questions
import Rewards

/// Scores on their way to a file or to standard output, a JSON object a line.
struct ScoreLines {
  /// Bytes that are kept back at most.
  private static let pieceLength = 1 << 16

  private let handle: FileHandle
  private var pending = Data()

  /// Refuses to write over one of the files that are read.
  init(output: String?, inputs: [String]) throws {
    guard let output else {
      handle = .standardOutput
      return
    }
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path(percentEncoded: false) }
    guard !inputs.map(place).contains(place(output)) else {
      throw FileError(path: output, message: "is a file that is read; name another one for the scores")
    }
    guard FileManager.default.createFile(atPath: output, contents: nil), let handle = FileHandle(forWritingAtPath: output)
    else {
      throw FileError(path: output, message: "cannot be written; its folder must exist and be writable")
    }
    self.handle = handle
  }

  mutating func append(
    _ id: String, _ reading: Reading, _ judgement: Judgement, labels: [String], form: AnswerForm
  ) throws {
    var object: [String: Any] = [
      "id": id, "reward": Self.number(judgement.total), "outcome": reading.outcome.name,
      "components": Dictionary(uniqueKeysWithValues: zip(labels, judgement.components.map(Self.number))),
      "answer": reading.answer.map { AnswerWriter(form).write($0) } ?? NSNull(),
    ]
    if let reason = reading.reason { object["reason"] = reason }
    pending += try (JSONText.line(object: object) + "\n").utf8
    if pending.count >= Self.pieceLength { try finish() }
  }

  /// Writes what was kept back.
  mutating func finish() throws {
    try handle.write(contentsOf: pending)
    pending.removeAll(keepingCapacity: true)
  }

  /// `null` where a component does not apply, and where a plug-in gives no finite number.
  private static func number(_ score: Double?) -> Any {
    guard let score, score.isFinite else { return NSNull() }
    return score
  }
}

/// Shares of the outcomes, and the mean of each component where it applied.
struct ScoringSummary {
  private let labels: [String]
  private var outcomes: [String: Int] = [:]
  private var sums: [Double]
  private var counts: [Int]
  private var total = (sum: 0.0, count: 0)

  init(labels: [String]) {
    self.labels = labels
    sums = [Double](repeating: 0, count: labels.count)
    counts = [Int](repeating: 0, count: labels.count)
  }

  mutating func add(_ reading: Reading, _ judgement: Judgement) {
    outcomes[reading.outcome.name, default: 0] += 1
    if let reward = judgement.total { total = (total.sum + reward, total.count + 1) }
    for (index, score) in judgement.components.enumerated() {
      guard let score else { continue }
      sums[index] += score
      counts[index] += 1
    }
  }

  var text: String {
    let all = outcomes.values.reduce(0, +)
    func mean(_ sum: Double, _ count: Int) -> String {
      count == 0 ? "–" : String(format: "%.4f over %d", sum / Double(count), count)
    }
    return "reward  \(mean(total.sum, total.count))\n"
      + labels.indices.map { "  \(labels[$0])  \(mean(sums[$0], counts[$0]))\n" }.joined()
      + outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
        String(format: "%5.1f %%  ", 100 * Double(count) / Double(max(all, 1))) + name + "\n"
      }.joined()
  }
}
