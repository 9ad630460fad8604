import Options
import Questions
import Rewards
import TemporalRewards

// Rewards that need more than one answer, as small as they come.

private let example = RewardDocumentation(
  summary: "An example.", formula: "see its code", degenerateCases: "See its code.", source: "This test.", family: .instants,
  kinds: [.instant])

/// The share of a group's other answers that differ; closeness to the truth where the group's times spread less than `spread` seconds.
struct Diversity: GroupReward, ConfigurableReward {
  static let name = "diversity"
  static let documentation = example
  let spread: Double

  init(spread: Double = 1) { self.spread = spread }

  init(options: inout OptionReader, usual: Self?) {
    self.init(
      spread: options.number(
        "spread", default: (usual ?? Self()).spread, in: 0...600, unit: "s", help: "least spread that counts"))
  }

  func scores(of group: RewardGroup) -> [Double?] {
    guard group.question.kind == .instant else { return group.responses.map { _ in nil } }
    let times = group.readings.map { reading -> Double? in
      if case .instant(let time)? = reading.answer { time } else { nil }
    }
    let known = times.compactMap { $0 }
    guard group.count > 1, let least = known.min(), let most = known.max(), most - least >= spread else {
      let closeness = OnsetError(form: .linear, scale: 100)
      return zip(group.readings, group.responses).map { closeness.score($0, in: $1, to: group.question) }
    }
    return times.map { time in Double(times.count { $0 != time }) / Double(group.count - 1) }
  }
}

/// A formula of one answer, asked group by group: what a composition says of it must be what it says of the formula.
struct Grouped<Formula: TemporalReward & SpanCreditReward>: GroupReward, SpanCreditReward {
  static var name: String { Formula.name }
  static var documentation: RewardDocumentation { Formula.documentation }
  let formula: Formula
  var range: ClosedRange<Double> { formula.range }

  init(_ formula: Formula) { self.formula = formula }
  init(options: inout OptionReader) { formula = Formula(options: &options) }

  func scores(of group: RewardGroup) -> [Double?] {
    zip(group.readings, group.responses).map { formula.score($0, in: $1, to: group.question) }
  }

  func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    formula.credits(for: answer, at: spans, to: question)
  }
}

/// The same for many answers at once, after a while.
struct Batched<Formula: TemporalReward & SpanCreditReward>: BatchReward, SpanCreditReward {
  static var name: String { Formula.name }
  static var documentation: RewardDocumentation { Formula.documentation }
  let formula: Formula
  var range: ClosedRange<Double> { formula.range }

  init(_ formula: Formula) { self.formula = formula }
  init(options: inout OptionReader) { formula = Formula(options: &options) }

  func scores(of batch: RewardBatch) async throws -> [Double?] {
    await Task.yield()
    return batch.answers.map { formula.score($0.reading, in: $0.response, to: $0.question) }
  }

  func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    formula.credits(for: answer, at: spans, to: question)
  }
}

/// Does what a test tells it, and counts its calls.
struct Asked: BatchReward {
  static let name = "asked"
  static let documentation = example
  private let body: @Sendable (RewardBatch) async throws -> [Double?]

  init(_ body: @escaping @Sendable (RewardBatch) async throws -> [Double?]) { self.body = body }
  init(options: inout OptionReader) { self.init { batch in batch.answers.map { _ in 0.5 } } }

  func scores(of batch: RewardBatch) async throws -> [Double?] { try await body(batch) }
}

/// Pays reasoning that names the answered time, read from the completion's reasoning text.
struct GroundedReasoning: TemporalReward {
  static let name = "grounded-reasoning"
  static let documentation = example

  init() {}
  init(options: inout OptionReader) {}

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .instant else { return nil }
    guard let answer = reading.answer, let reasoning = response.reasoning else { return 0 }
    return reasoning.contains(AnswerWriter(AnswerForm(question)).write(answer)) ? 1 : 0
  }
}

/// Listens to the track: here, looks at how loud it is at the answered second.
struct Loudness: BatchReward {
  struct Track: TrackHandle {
    var trackID: String
    var recording: String?
    /// One number a second, 0…1.
    var envelope: [Double]
  }

  static let name = "loudness"
  static let documentation = example
  static let needs: Set<RewardNeed> = [.track]

  init() {}
  init(options: inout OptionReader) {}

  func scores(of batch: RewardBatch) async throws -> [Double?] {
    try batch.groups.flatMap { group -> [Double?] in
      guard let track = group.track as? Track else {
        throw RewardError("its track is no envelope", question: group.question.id, remedy: "measure the track first")
      }
      return group.readings.map { reading in
        guard case .instant(let time)? = reading.answer, track.envelope.indices.contains(Int(time)) else { return 0 }
        return track.envelope[Int(time)]
      }
    }
  }
}
