package import Questions
import Timelines

/// What is usual in a set of questions, task by task and category by category.
extension BlindAnswers {
  /// What is typical of the references of one task and category.
  struct Prior: Sendable, Hashable {
    var seconds: [Double] = []
    var shares: [Double] = []
    var spans: [[Double]] = []
    /// The option that most often is right.
    var choice: Int?
    /// See ``BlindAnswers/meanPlaces(of:)``.
    var places: [String: Double] = [:]

    /// The items by their usual places, an unknown one in the middle; `nil` where none is known.
    func order(of items: [String]) -> [Int]? {
      guard items.contains(where: { places[$0] != nil }) else { return nil }
      return items.indices.sorted { (places[items[$0]] ?? 0.5, $0) < (places[items[$1]] ?? 0.5, $1) }
    }
  }

  static func key(of question: Question) -> String { "\(question.task)/\(question.category)" }

  /// Takes the typical answers of these questions in the place of those of an earlier fit.
  package mutating func fit(to questions: [Question]) { fitted = Self.priors(of: questions) }

  /// Takes typical answers that were fitted before.
  mutating func take(_ priors: BlindPriors?) { fitted = priors?.priors ?? [:] }

  /// The typical answers of these questions, whatever their order.
  ///
  /// Of instants the median and the commonest time (the middle of the 6 s that hold most), and both again as shares of the track
  /// (of 3 % of it); of intervals the parts of the track that a fifth, a
  /// third and a half of the references cover, on a grid of hundredths of the track; of choices the commonest option; of orders the
  /// items by their mean places, as when verses mostly come before choruses.
  static func priors(of questions: [Question]) -> [String: Prior] {
    Dictionary(grouping: questions, by: key).mapValues { questions in
      let instants = questions.flatMap { question in
        question.references.compactMap { reference -> (seconds: Double, share: Double)? in
          guard case .instant(let time) = reference, question.duration > 0 else { return nil }
          return (time, time / question.duration)
        }
      }
      return Prior(
        seconds: usual(instants.map(\.seconds), window: 6), shares: usual(instants.map(\.share), window: 0.03),
        spans: typicalSpans(of: questions.filter { $0.kind == .intervals }),
        choice: commonestChoice(of: questions), places: meanPlaces(of: questions))
    }
  }

  /// The median, and the middle of the first window that holds most values; nothing of no values.
  private static func usual(_ values: [Double], window: Double) -> [Double] {
    guard !values.isEmpty else { return [] }
    let sorted = values.sorted()
    var best = (value: sorted[0], count: 0)
    var end = 0
    for start in sorted.indices {
      while end < sorted.count, sorted[end] <= sorted[start] + window { end += 1 }
      if end - start > best.count { best = (0.5 * (sorted[start] + sorted[end - 1]), end - start) }
    }
    return [sorted[sorted.count / 2], best.value]
  }

  private static func typicalSpans(of questions: [Question]) -> [[Double]] {
    let cells = 100
    var covered = [Int](repeating: 0, count: cells)
    for question in questions where question.duration > 0 {
      var intervals: [Interval] = []
      for case .intervals(let reference) in question.references { intervals += reference }
      for cell in covered.indices {
        let time = (Double(cell) + 0.5) / Double(cells) * question.duration
        if intervals.contains(where: { $0.start <= time && time <= $0.end }) { covered[cell] += 1 }
      }
    }
    return [0.2, 1.0 / 3, 0.5].compactMap { share in
      var spans: [Double] = []
      for cell in covered.indices where Double(covered[cell]) >= max(1, share * Double(questions.count)) {
        let (start, end) = (Double(cell) / Double(cells), Double(cell + 1) / Double(cells))
        if spans.last == start { spans[spans.count - 1] = end } else { spans += [start, end] }
      }
      return spans.isEmpty ? nil : spans
    }
  }

  /// Of several that are as common, the first letter.
  private static func commonestChoice(of questions: [Question]) -> Int? {
    var counts: [Int: Int] = [:]
    for case .choice(let index) in questions.flatMap(\.references) { counts[index, default: 0] += 1 }
    return counts.min { (-$0.value, $0.key) < (-$1.value, $1.key) }?.key
  }

  /// The mean place of each item by name, from 0 for the first of an order to 1 for the last.
  package static func meanPlaces(of questions: [Question]) -> [String: Double] {
    var places: [String: [Double]] = [:]
    for question in questions {
      for case .order(let order) in question.references {
        for (place, item) in order.enumerated() where question.items.indices.contains(item) {
          places[question.items[item], default: []].append(Double(place) / Double(max(1, order.count - 1)))
        }
      }
    }
    // Added up in one order, so that the last bits do not depend on that of the questions.
    return places.mapValues { $0.sorted().reduce(0, +) / Double($0.count) }
  }
}
