import Foundation
import GoldenLines
import Options
import Questions
import Rewards
import TemporalRewards
import Testing
import Timelines

/// A reward of the catalogue with options, which must be legal.
func reward(_ name: String, _ options: [String: OptionValue.Content] = [:]) throws -> any TemporalReward {
  var reader = OptionReader(map(options))
  let type = try #require(RewardCatalog.builtIn[name], "no reward is named \(name)")
  let reward = type.init(options: &reader) as? any TemporalReward
  try reader.finish()
  return try #require(reward)
}

/// The issues that a reward's options raise.
func issues(_ name: String, _ options: [String: OptionValue.Content]) throws -> [String] {
  var reader = OptionReader(map(options))
  let type = try #require(RewardCatalog.builtIn[name], "no reward is named \(name)")
  _ = type.init(options: &reader)
  return reader.closed().map(\.description)
}

func map(_ options: [String: OptionValue.Content]) -> OptionValue {
  OptionValue(.map(options.sorted { $0.key < $1.key }.map { OptionEntry(key: $0.key, value: OptionValue($0.value)) }))
}

extension TemporalReward {
  /// The score of an answer that was read.
  func score(_ answer: Answer, _ question: Question) -> Double? {
    score(
      Reading(outcome: .answered, answer: answer, isStrict: true),
      in: Response(text: "", tokenCount: 1, isTruncated: false), to: question)
  }

  /// The score of a completion in which nothing could be read.
  func unreadableScore(_ question: Question) -> Double? {
    score(.unreadable(.noAnswer), in: Response(text: "", tokenCount: 1, isTruncated: false), to: question)
  }
}

func intervals(_ pairs: (Double, Double)...) -> Answer { .intervals(pairs.map { Interval($0.0, $0.1) }) }

func question(_ references: Answer..., duration: Double = 180) -> Question {
  ProbeQuestions.make("question", references.first?.kind ?? .text, references, duration: duration)
}

/// Two numbers equal to `tolerance`, relative where they are large.
func near(_ one: Double?, _ other: Double?, _ tolerance: Double = 1e-9) -> Bool {
  guard let one, let other else { return one == nil && other == nil }
  return abs(one - other) <= tolerance * max(1, abs(other))
}

extension GoldenLine {
  /// The lines of a function in the files of a stem: this target's own copy, and those of the folder that `TAKT_GOLDENS` names.
  static func cases(_ function: String, in stem: String = "temporal_metrics") throws -> [GoldenLine] {
    let cases = try GoldenFolder.all().flatMap { try $0.lines(stem) }.filter { $0.fn == function }
    return try cases.isEmpty ? { throw NoCase(function: function) }() : cases
  }

  struct NoCase: Error { var function: String }
}

extension GoldenValue {
  /// Pairs as intervals; reversed pairs are left out, as a reader would.
  var intervals: [Interval] { matrix.compactMap { $0.count == 2 ? Interval(start: $0[0], end: $0[1]) : nil } }
}

/// e^x, for expected values.
func naturalExponential(_ x: Double) -> Double { Foundation.exp(x) }

func naturalLogarithm(_ x: Double) -> Double { Foundation.log(x) }

func cosine(_ x: Double) -> Double { Foundation.cos(x) }
