import Foundation
import Options
import Questions
import Rewards

/// Pays a group for answers that lie apart, in seconds.
struct Spread: GroupReward {
  static let name = "spread"
  static let documentation = RewardDocumentation(
    summary: "How far the answers of a group lie apart.", formula: "max − min of t̂, s, over 60",
    degenerateCases: "Nothing readable: 0.", source: "This test.", family: .instants, kinds: [.instant], promises: [])

  init(options: inout OptionReader) {}

  func scores(of group: RewardGroup) -> [Double?] {
    let times = group.readings.compactMap { reading -> Double? in
      guard case .instant(let time)? = reading.answer else { return nil }
      return time
    }
    let spread = ((times.max() ?? 0) - (times.min() ?? 0)) / 60
    return group.responses.map { $0.isTruncated ? 0 : min(1, spread) }
  }
}

/// Pays for answers that are likelier where the track is heard.
struct Grounding: BatchReward {
  static let name = "grounding"
  static let documentation = RewardDocumentation(
    summary: "How much likelier an answer is with its track.", formula: "1 where log π rises, else 0", degenerateCases: "–",
    source: "This test.", family: .shaping, kinds: AnswerKind.allCases, promises: [])
  static let needs: Set<RewardNeed> = [.policy]

  init(options: inout OptionReader) {}

  func scores(of batch: RewardBatch) async throws -> [Double?] {
    let (heard, unheard) = (try await batch.outputs(on: .unchanged), try await batch.outputs(on: .withoutTrack))
    return zip(heard.joined(), unheard.joined()).map { $0.logProbability > $1.logProbability ? 1 : 0 }
  }
}

/// Closeness with a width that follows what was answered; right minutes are paid apart from wrong seconds.
struct Closeness: TemporalReward, AdaptiveReward, SpanCreditReward {
  static let name = "closeness"
  static let documentation = RewardDocumentation(
    summary: "Closeness with a width that narrows.", formula: "max(0, 1 − |t̂ − t*|/w)", degenerateCases: "Nothing readable: 0.",
    source: "This test.", family: .instants, kinds: [.instant], promises: [.exactIsBest])

  private let most: Double
  private var width: Double

  init(options: inout OptionReader) {
    most = options.number("width", default: 10, in: 1...60, unit: "s", help: "the widest")
    width = most
  }

  var state: [String: Double] {
    get { ["width": width] }
    set { width = newValue["width"] ?? most }
  }

  mutating func begin(step: Int, of steps: Int) { width = min(width, most) }

  mutating func observe(_ reading: Reading, to question: Question) { width = max(1, 0.99 * width) }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .instant else { return nil }
    guard case .instant(let answer)? = reading.answer else { return 0 }
    return score(answer, to: question)
  }

  func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    guard case .instant(let time) = answer, let written = spans.parts.first?.times.first else { return [] }
    return [
      SpanCredit(bytes: written.minutes, score: score((time / 60).rounded(.down) * 60, to: question)),
      SpanCredit(bytes: written.seconds, score: score(time, to: question)),
    ]
  }

  private func score(_ time: Double, to question: Question) -> Double {
    question.references.map { reference -> Double in
      guard case .instant(let true_) = reference else { return 0 }
      return max(0, 1 - abs(time - true_) / width)
    }.max() ?? 0
  }
}
