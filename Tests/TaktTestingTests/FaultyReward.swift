import Options
import Questions
import RealModule
import Rewards
import Synchronization
import Timelines

/// Overlap over union of times, and closeness of instants, with one fault for the conformance kit to find.
struct FaultyReward: TemporalReward {
  static let name = "faulty"

  static var documentation: RewardDocumentation {
    RewardDocumentation(
      summary: "Overlap over union.", formula: "|P ∩ R| / |P ∪ R|", degenerateCases: "Nothing answered: 0.",
      source: Faults.current == .noSource ? "" : "Jaccard 1912.", family: .intervalSets, kinds: [.intervals, .instant],
      promises: [.exactIsBest, .monotone, .duplication, .splitting, .permutation])
  }

  private static let calls = Mutex(0)
  private let width: Double

  init(options: inout OptionReader) {
    let scale = options.number("scale", default: 15, in: 0.1...100, help: Faults.current == .noHelp ? "" : "width in seconds")
    width =
      Faults.current == .forgetsOption
      ? scale
        + Double(
          Self.calls.withLock {
            $0 += 1; return $0
          }) : scale
  }

  var range: ClosedRange<Double> { Faults.current == .range ? 0.2...1 : 0...1 }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    let fault = Faults.current
    if fault == .judgesNothing, question.kind == .instant { return nil }
    if fault == .judgesMore, question.kind == .choice { return 0.5 }
    if fault == .impure {
      return 0.5 + 0.01
        * Double(
          Self.calls.withLock {
            $0 += 1; return $0 % 7
          })
    }
    if fault == .notFinite, reading.outcome == .empty { return .nan }
    guard [.intervals, .instant].contains(question.kind) else { return nil }
    switch (reading.answer, question.references[0]) {
    case (.instant(let time)?, .instant(let truth)):
      let distance = abs(time - truth)
      return .exp(-(fault == .notMonotone ? abs(distance - 20) : distance) / width) * (fault == .exactIsNotBest ? 0.9 : 1)
    case (.intervals(var intervals)?, .intervals(let truth)):
      let reference = IntervalSet(truth)
      if fault == .firstIntervalOnly { intervals = Array(intervals.prefix(1)) }
      let answered = IntervalSet(intervals)
      let overlap = answered.intersectionMeasure(with: reference)
      let union = answered.measure + reference.measure - overlap
      let count = Double(fault == .countsPieces ? max(1, intervals.filter { $0.duration > 0 }.count) : 1)
      let copies = Double(fault == .countsDuplicates ? max(1, intervals.count - Set(intervals).count + 1) : 1)
      return union > 0 ? overlap / union / count / copies : 0
    default: return 0
    }
  }
}
