package import Options
package import Questions
import Timelines

/// Answers that anybody could give without hearing the track.
///
/// Times are given as seconds or as shares of the track's length. Two more come from data: `fit` takes the typical answers of a
/// set of questions, task by task and category by category.
public struct BlindAnswers: Sendable, Hashable {
  /// Answers that need no data.
  public enum Habit: String, Sendable, Hashable, CaseIterable {
    /// The instant 0.
    case start
    /// The middle of the track; of intervals, its middle half.
    case middle
    /// The instant at the end of the track.
    case end
    /// The whole track as one interval.
    case whole
    /// 5 s of every 10 s.
    case comb
  }

  package var habits: [Habit]
  /// Instants in seconds.
  package var seconds: [Double]
  /// Instants as shares of the track's length.
  package var shares: [Double]
  /// Ends of one answer's intervals as shares of the track's length: start, end, start, end.
  package var spans: [Double]
  var fitted: [String: Prior] = [:]

  public init(
    habits: [Habit] = Habit.allCases, seconds: [Double] = [], shares: [Double] = [], spans: [Double] = []
  ) {
    self.habits = habits
    self.seconds = seconds
    self.shares = shares
    self.spans = spans
  }

  package init(options: inout OptionReader) {
    let usual = Self()
    let names = options.words(
      "answers", default: usual.habits.map(\.rawValue), of: Habit.allCases.map(\.rawValue),
      help: "blind answers that need no data")
    self.init(
      habits: names.compactMap(Habit.init),
      seconds: options.numbers(
        "seconds", default: usual.seconds, in: 0...36_000, help: "instants that the data make likely, in seconds"),
      shares: options.numbers(
        "shares", default: usual.shares, in: 0...1, help: "instants that the data make likely, as shares of the track"),
      spans: options.numbers(
        "spans", default: usual.spans, in: 0...1, help: "starts and ends of likely intervals, as shares of the track"))
    if !Self.areSpans(spans) { options.record("must be pairs of a start and a later end", at: "spans") }
  }

  private static func areSpans(_ spans: [Double]) -> Bool {
    spans.count % 2 == 0 && stride(from: 0, to: spans.count, by: 2).allSatisfy { spans[$0] < spans[$0 + 1] }
  }

  /// Answers to this question: of choices and orders those that were usual in a fit, of texts none.
  ///
  /// Where the track's length is not known, only those that are given in seconds.
  package func answers(to question: Question) -> [Answer] {
    let prior = fitted[Self.key(of: question)] ?? Prior()
    switch question.kind {
    case .instant:
      let times = habits.compactMap { instant($0, duration: question.duration) } + seconds + prior.seconds
      let all = times + (shares + prior.shares).map { $0 * question.duration }
      return all.filter(\.isFinite).map { .instant($0) }
    case .intervals:
      let lists = habits.compactMap { intervals($0, duration: question.duration) }
      return (lists + ([spans] + prior.spans).compactMap { Self.intervals($0, duration: question.duration) }).map {
        .intervals($0)
      }
    case .choice: return prior.choice.map { [.choice($0)] } ?? []
    case .order: return prior.order(of: question.items).map { [.order($0)] } ?? []
    case .text: return []
    }
  }

  private func instant(_ habit: Habit, duration: Double) -> Double? {
    switch habit {
    case .start: 0
    case .middle: 0.5 * duration
    case .end: duration
    case .whole, .comb: nil
    }
  }

  private func intervals(_ habit: Habit, duration: Double) -> [Interval]? {
    switch habit {
    case .middle: Interval(start: 0.25 * duration, end: 0.75 * duration).map { [$0] }
    case .whole: Interval(start: 0, end: duration).map { [$0] }
    case .comb where !duration.isFinite: nil
    case .comb:
      stride(from: 0, to: min(duration, InputLimit.duration), by: 10).compactMap {
        Interval(start: $0, end: min($0 + 5, duration))
      }
    case .start, .end: nil
    }
  }

  private static func intervals(_ spans: [Double], duration: Double) -> [Interval]? {
    guard !spans.isEmpty, duration.isFinite else { return nil }
    return stride(from: 0, to: spans.count - 1, by: 2).compactMap {
      Interval(start: spans[$0] * duration, end: spans[$0 + 1] * duration)
    }
  }
}
