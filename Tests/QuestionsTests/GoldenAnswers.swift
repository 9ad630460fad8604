import Foundation
import Questions
import Testing
import Timelines

/// A raw model answer and how it must be read.
struct GoldenAnswer: Decodable {
  let id: String
  let text: String
  let kind: String
  let level: String
  let task: String
  let isStrict: Bool
  let seconds: Double?
  let intervals: [[Double]]?
  let choice: String?
  let order: [String]?
  let choices: String?
  let items: [String]?

  enum CodingKeys: String, CodingKey {
    case id, text, level, task, choices, items
    case kind = "expect_kind"
    case isStrict = "strict_ok"
    case seconds = "expect_seconds"
    case intervals = "expect_intervals"
    case choice = "expect_choice"
    case order = "expect_order"
  }

  var form: AnswerForm {
    switch task {
    case "TSG": AnswerForm(kind: .instant)
    case "MTR": AnswerForm(kind: .intervals)
    case "GTO-order": AnswerForm(kind: .order, items: items ?? [])
    default: AnswerForm(kind: .choice, choiceCount: choices?.count ?? 0)
    }
  }

  /// The answer that must be found; `nil` for none, be it an explicit "none" or an illegal text.
  var answer: Answer? {
    if let seconds { return .instant(seconds) }
    if let intervals, !intervals.isEmpty { return .intervals(intervals.map { Interval($0[0], $0[1]) }) }
    if let choice { return (choices?.firstIndex(of: Character(choice))).map { .choice($0.utf16Offset(in: choices ?? "")) } }
    if let order, let items { return .order(order.compactMap { items.firstIndex(of: $0) }) }
    return nil
  }

  func isRight(_ reading: Reading) -> Bool {
    guard let answer else {
      if intervals != nil { return reading.outcome == .empty && reading.answer == nil }
      guard case .unreadable = reading.outcome else { return false }
      return reading.answer == nil
    }
    return reading.outcome == .answered && reading.answer == answer
  }

  /// Each copy of the golden file: the one beside this test and, where TAKT_GOLDENS names a folder, the one in it.
  static func files() throws -> [[GoldenAnswer]] {
    var paths = [URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/answers.jsonl")]
    if let folder = ProcessInfo.processInfo.environment["TAKT_GOLDENS"] {
      paths.append(URL(filePath: folder).appending(path: "answers.jsonl"))
    }
    return try paths.map { path in
      let text = try String(contentsOf: path, encoding: .utf8)
      return try text.split(separator: "\n").map { try JSONDecoder().decode(GoldenAnswer.self, from: Data($0.utf8)) }
    }
  }
}
