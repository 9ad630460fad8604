import Foundation
import Questions
import Testing
import Timelines

/// A raw model answer and how it must be read.
struct GoldenAnswer: Decodable {
  /// Options as letters in a row, or by their texts.
  enum Choices: Decodable {
    case letters(String), texts([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let letters = try? container.decode(String.self) {
        self = .letters(letters)
      } else {
        self = try .texts(container.decode([String].self))
      }
    }

    var count: Int {
      switch self {
      case .letters(let letters): letters.count
      case .texts(let texts): texts.count
      }
    }

    var texts: [String] { if case .texts(let texts) = self { texts } else { [] } }
  }

  /// What is right besides: a refusal, or another time.
  enum Alternative: Decodable {
    case refused
    case instant(Double)

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        guard name == "refused" else { throw Self.unknown(decoder) }
        self = .refused
      } else {
        var values = try decoder.unkeyedContainer()
        guard try values.decode(String.self) == "instant" else { throw Self.unknown(decoder) }
        self = try .instant(values.decode(Double.self))
      }
    }

    private static func unknown(_ decoder: any Decoder) -> DecodingError {
      .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "'or' is \"refused\" or [\"instant\", seconds]"))
    }
  }

  let id: String
  let text: String
  let kind: String
  let level: String
  let task: String
  let isStrict: Bool?
  let seconds: Double?
  let intervals: [[Double]]?
  let choice: String?
  let order: [String]?
  let choices: Choices?
  let items: [String]?
  let alternative: Alternative?

  enum CodingKeys: String, CodingKey {
    case id, text, level, task, choices, items
    case kind = "expect_kind"
    case isStrict = "strict_ok"
    case seconds = "expect_seconds"
    case intervals = "expect_intervals"
    case choice = "expect_choice"
    case order = "expect_order"
    case alternative = "or"
  }

  /// Orders of three have six options, whatever their texts.
  private static let orderCount = 6

  var form: AnswerForm {
    switch task {
    case "TSG": AnswerForm(kind: .instant)
    case "MTR": AnswerForm(kind: .intervals)
    case "GTO-order": AnswerForm(kind: .order, items: items ?? [])
    case "GTO": AnswerForm(kind: .choice, choiceCount: max(Self.orderCount, choices?.count ?? 0), choices: choices?.texts ?? [])
    default: AnswerForm(kind: .choice, choiceCount: choices?.count ?? 0, choices: choices?.texts ?? [])
    }
  }

  /// The answer that must be found; `nil` for none, be it an explicit "none" or an illegal text.
  var answer: Answer? {
    if let seconds { return .instant(seconds) }
    if let intervals, !intervals.isEmpty { return .intervals(intervals.map { Interval($0[0], $0[1]) }) }
    if let choice, let letter = choice.utf8.first { return .choice(Int(letter) - Int(UInt8(ascii: "A"))) }
    if let order, let items { return .order(order.compactMap { items.firstIndex(of: $0) }) }
    return nil
  }

  func isRight(_ reading: Reading) -> Bool {
    switch alternative {
    case .refused: if case .unreadable = reading.outcome { return reading.answer == nil }
    case .instant(let seconds): if reading.answer == .instant(seconds) { return reading.outcome == .answered }
    case nil: break
    }
    guard let answer else {
      if intervals != nil { return reading.outcome == .empty && reading.answer == nil }
      guard case .unreadable = reading.outcome else { return false }
      return reading.answer == nil
    }
    return reading.outcome == .answered && reading.answer == answer
  }

  /// The project's own golden files and, where TAKT_GOLDENS names a folder, those of the same kind in it.
  static func files() throws -> [[GoldenAnswer]] {
    var paths = own.map { URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\($0).jsonl") }
    if let folder = ProcessInfo.processInfo.environment["TAKT_GOLDENS"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      paths += names.filter { $0.hasPrefix("answers") && $0.hasSuffix(".jsonl") }.map {
        URL(filePath: folder).appending(path: $0)
      }
    }
    return try paths.map { path in
      let text = try String(contentsOf: path, encoding: .utf8)
      return try text.split(separator: "\n").map { try JSONDecoder().decode(GoldenAnswer.self, from: Data($0.utf8)) }
    }
  }

  /// Lines of the project's own files are at least as many.
  static let own = ["answers", "answers_reports"]
  static let ownCounts = [143, 129]
}
