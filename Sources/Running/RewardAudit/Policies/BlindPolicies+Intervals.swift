import Questions
import Timelines

extension BlindPolicies {
  func intervals() -> [AuditedPolicy] {
    let sheet = sheet
    func fixed(_ name: String, _ summary: String, _ answer: @escaping @Sendable (Question) -> [Interval]) -> AuditedPolicy {
      AuditedPolicy(name, .blind, summary) { question, _ in sheet.text(answer(question), to: question) }
    }
    return [
      fixed("whole-track", "the whole track") { [Interval(0, $0.duration)] },
      fixed("middle", "the middle half of the track") { [Interval(0.25 * $0.duration, 0.75 * $0.duration)] },
      fixed("tiny", "1 s in the middle of the track") { Self.tiny($0) },
      fixed("tiny-comb", "0.1 s of every 10 s") { Self.comb($0, tooth: 0.1, period: 10) },
      fixed("comb-1-of-10", "1 s of every 10 s") { Self.comb($0, tooth: 1, period: 10) },
      fixed("comb-5-of-10", "5 s of every 10 s") { Self.comb($0, tooth: 5, period: 10) },
      fixed("comb-20-of-40", "20 s of every 40 s") { Self.comb($0, tooth: 20, period: 40) },
      fixed("duplicates", "the whole track ten times") { Array(repeating: Interval(0, $0.duration), count: 10) },
      fixed("tiny-duplicates", "1 s in the middle ten times") { Array(repeating: Self.tiny($0)[0], count: 10) },
      fixed("zero-length", "an interval of no length in the middle") { [Interval(0.5 * $0.duration, 0.5 * $0.duration)] },
      fixed("endless", "from the start to 99999 s") { _ in [Interval(0, 99_999)] },
      AuditedPolicy("overflow", .blind, "an end that is no finite number") { _, _ in "[0, 1e400]" },
      AuditedPolicy("inverted", .blind, "the whole track and the same backwards") { question, _ in
        let end = sheet.text(.instant(question.duration), to: Self.clockQuestion(question))
        return "0:00-\(end), \(end)-0:00"
      },
      AuditedPolicy("hedging", .blind, "one quarter of the track or another") { question, _ in
        (0..<4).map { quarter in
          let start = Double(quarter) * 0.25 * question.duration
          return sheet.text([Interval(start, start + 0.25 * question.duration)], to: question)
        }.joined(separator: " or ")
      },
    ] + priors() + [borrowed()]
  }

  private static func tiny(_ question: Question) -> [Interval] {
    let middle = 0.5 * question.duration
    return [Interval(max(0, middle - 0.5), min(question.duration, middle + 0.5))]
  }

  private static func comb(_ question: Question, tooth: Double, period: Double) -> [Interval] {
    stride(from: 0, to: question.duration, by: period).compactMap {
      Interval(start: $0, end: min($0 + tooth, question.duration))
    }
  }

  /// The same question, asking for an instant: for writing one time.
  private static func clockQuestion(_ question: Question) -> Question {
    var clock = question
    clock.kind = .instant
    return clock
  }

  /// Answers that follow from what is usual in the file.
  private func priors() -> [AuditedPolicy] {
    let sheet = sheet
    let usual = Dictionary(grouping: questions, by: \.priorKey).mapValues { CoveragePrior($0) }
    let shares = [0.1, 0.2, 0.25, 0.3, 1.0 / 3, 0.4, 0.5, 0.6]
    let best = pricing.best(shares, on: questions) { share, question in
      sheet.text(usual[question.priorKey]?.intervals(share: share, in: question) ?? [], to: question)
    }
    let spans = (0..<20).flatMap { start in (start + 1...20).map { (0.05 * Double(start), 0.05 * Double($0)) } }
    let bestSpan = pricing.best(spans, on: questions) { span, question in
      sheet.text([Interval(span.0 * question.duration, span.1 * question.duration)], to: question)
    }
    return [
      AuditedPolicy("prior", .blind, "the parts of the track that most often are right") { question, _ in
        let share = best[question.priorKey] ?? 0.5
        return sheet.text(usual[question.priorKey]?.intervals(share: share, in: question) ?? [], to: question)
      },
      AuditedPolicy("median", .blind, "the median first interval, as shares of the track") { question, _ in
        let median = usual[question.priorKey]?.medianFirst ?? (start: 0.25, end: 0.75)
        return sheet.text([Interval(median.start * question.duration, median.end * question.duration)], to: question)
      },
      AuditedPolicy("best-constant", .blind, "the one interval that earns most on average") { question, _ in
        let span = bestSpan[question.priorKey] ?? (0.25, 0.75)
        return sheet.text([Interval(span.0 * question.duration, span.1 * question.duration)], to: question)
      },
    ]
  }
}

/// Which parts of a track the references of many questions cover.
struct CoveragePrior: Sendable {
  private static let cells = 100
  /// Share of the questions whose references cover each hundredth of the track.
  private let coverage: [Double]
  /// Median start and median end of the first intervals, as shares of the track.
  let medianFirst: (start: Double, end: Double)

  init(_ questions: [Question]) {
    var covered = [Int](repeating: 0, count: Self.cells)
    var starts: [Double] = []
    var ends: [Double] = []
    for question in questions {
      let reference = IntervalSet(question.referenceIntervals)
      for cell in covered.indices {
        let time = (Double(cell) + 0.5) / Double(Self.cells) * question.duration
        if reference.intervals.contains(where: { $0.start <= time && time < $0.end }) { covered[cell] += 1 }
      }
      guard let first = reference.intervals.first else { continue }
      starts.append(first.start / question.duration)
      ends.append(first.end / question.duration)
    }
    coverage = covered.map { Double($0) / Double(max(1, questions.count)) }
    starts.sort()
    ends.sort()
    let (start, end) = starts.isEmpty ? (0.25, 0.75) : (starts[starts.count / 2], ends[ends.count / 2])
    medianFirst = (min(start, end), max(start, end))
  }

  /// What at least `share` of the references cover, in seconds; where nothing is, what most of them do.
  func intervals(share: Double, in question: Question) -> [Interval] {
    let least = min(share, coverage.max() ?? 0)
    let width = question.duration / Double(Self.cells)
    return IntervalSet(
      coverage.indices.filter { coverage[$0] >= least && coverage[$0] > 0 }
        .map { Interval(Double($0) * width, min(Double($0 + 1) * width, question.duration)) }
    ).intervals
  }
}
