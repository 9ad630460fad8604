import Experiments
import Questions
import RunReports
import SeedStatistics
import Timelines

/// What the answers of each arm look like, apart from their scores: policies that earn the same may answer differently.
struct ReportBehaviour {
  let scores: ReportScores

  /// Sampled answers after training, with the references in the first row; `nil` where there is none.
  var table: SummaryTable? {
    let columns = scores.columns.map { column in
      (column.name, column.runs.joined().filter { $0.decoding == .sampled })
    }.filter { !$0.1.isEmpty }
    guard let first = columns.first else { return nil }
    let reference = Row(first.1.map { ($0.question, referenceReading($0.question)) })
    let rows = [("reference", reference)] + columns.map { ($0.0, Row($0.1.map { ($0.question, $0.reading) })) }
    return SummaryTable(
      title: "Behaviour of sampled answers",
      note:
        "Errors are medians, lengths and counts means; different answers are counted over all seeds of an arm. "
        + "Onset error: from an answered time, or the start of an answered interval, to the nearest reference; positive "
        + "where the answer is late. Outside: some time lies beyond the track.",
      columns: [
        "arm", "unreadable", "“none”", "outside", "different answers", "instant error, s", "late by, s",
        "intervals an answer", "interval length, s", "interval onset error, s",
      ],
      rows: rows.map { [.text($0)] + $1.cells })
  }

  private func referenceReading(_ question: Question) -> Reading {
    Reading(outcome: .answered, answer: question.references.first, isStrict: true)
  }

  private struct Row {
    var unreadable = 0
    var empty = 0
    var outside = 0
    var texts: Set<Answer> = []
    var instantErrors: [Double] = []
    var onsetErrors: [Double] = []
    var lengths: [Double] = []
    var intervalCounts: [Double] = []
    var count = 0

    init(_ answers: [(question: Question, reading: Reading)]) {
      for (question, reading) in answers { add(reading, to: question) }
    }

    private mutating func add(_ reading: Reading, to question: Question) {
      count += 1
      switch reading.outcome {
      case .unreadable: unreadable += 1
      case .empty: empty += 1
      case .answered: break
      }
      if question.kind == .intervals, reading.outcome == .empty { intervalCounts.append(0) }
      guard let answer = reading.answer else { return }
      texts.insert(answer)
      switch answer {
      case .instant(let time):
        if time < 0 || time > question.duration { outside += 1 }
        if let error = Self.error(of: time, to: Self.starts(question)) { instantErrors.append(error) }
      case .intervals(let parts):
        if parts.contains(where: { $0.start < 0 || $0.end > question.duration }) { outside += 1 }
        intervalCounts.append(Double(parts.count))
        lengths += parts.map(\.duration)
        onsetErrors += parts.compactMap { Self.error(of: $0.start, to: Self.starts(question)) }
      case .choice, .order, .text: break
      }
    }

    private static func starts(_ question: Question) -> [Double] {
      question.references.flatMap { reference -> [Double] in
        switch reference {
        case .instant(let time): [time]
        case .intervals(let parts): parts.map(\.start)
        case .choice, .order, .text: []
        }
      }
    }

    private static func error(of time: Double, to references: [Double]) -> Double? {
      references.map { time - $0 }.min { abs($0) < abs($1) }
    }

    var cells: [SummaryTable.Cell] {
      func share(_ part: Int) -> SummaryTable.Cell { .share(Double(part) / Double(max(1, count))) }
      func seconds(_ value: Double?) -> SummaryTable.Cell { value.map { .number($0, places: 1) } ?? .nothing }
      func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
      return [
        share(unreadable), share(empty), share(outside), .count(texts.count),
        seconds(Quantile.median(instantErrors.map { abs($0) })), seconds(Quantile.median(instantErrors)),
        mean(intervalCounts).map { .number($0, places: 2) } ?? .nothing, seconds(mean(lengths)),
        seconds(Quantile.median(onsetErrors.map { abs($0) })),
      ]
    }
  }
}
