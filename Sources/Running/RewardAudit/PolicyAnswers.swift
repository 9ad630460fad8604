import Questions
import Randomness
import Rewards
import SeedStatistics
import TemporalMetrics

/// What one policy's answers to all questions earn.
struct PolicyAnswers {
  let policy: AuditedPolicy
  /// A group of rewards a question.
  private(set) var totals: [[Double]] = []
  /// Metric and reward of the first readable answer to each question.
  private(set) var points: [KindAudit.Point] = []
  private var readable = 0
  private var count = 0
  private var metrics: [Double] = []

  init(
    _ policy: AuditedPolicy, _ questions: [Question], _ pricing: AnswerPricing, _ stream: RandomStream, samples: Int,
    _ log: inout ViolationLog
  ) {
    self.policy = policy
    for (index, question) in questions.enumerated() {
      var group: [Double] = []
      for sample in 0..<samples {
        var own = stream.derived(index, sample)
        let text = policy.answer(question, &own)
        guard let priced = pricing.price(text, to: question) else { continue }
        count += 1
        group.append(priced.total)
        check(priced, text, question, pricing, &log)
        if priced.reading.answer != nil { readable += 1 }
        guard priced.reading.answer != nil, let metric = BenchmarkMetric.value(of: priced.reading, to: question) else {
          continue
        }
        metrics.append(metric)
        if sample == 0, priced.total.isFinite {
          points.append(KindAudit.Point(metric: metric, reward: priced.total, role: policy.role))
        }
      }
      totals.append(group)
    }
  }

  /// Finite, and every component inside its range.
  private func check(
    _ priced: AnswerPricing.Priced, _ text: String, _ question: Question, _ pricing: AnswerPricing, _ log: inout ViolationLog
  ) {
    log.check(
      .finite, priced.total.isFinite && priced.components.allSatisfy { $0?.isFinite ?? true },
      "“\(text.shortened)” earns \(priced.total) (\(question.id))")
    for (score, component) in zip(priced.components, pricing.spec.components) {
      guard let score, score.isFinite else { continue }
      let range = component.range
      // A closed gate scores 0, wherever the range lies.
      log.check(
        .range, score >= min(0, range.lowerBound) - 1e-9 && score <= max(0, range.upperBound) + 1e-9,
        "'\(component.label)' scores \(score) on “\(text.shortened)”, outside \(range.lowerBound)…\(range.upperBound) "
          + "(\(question.id))")
    }
  }

  var result: KindAudit.Policy {
    let means = totals.filter { !$0.isEmpty }.map { $0.reduce(0, +) / Double($0.count) }
    let sorted = totals.flatMap { $0 }.filter(\.isFinite).sorted()
    return KindAudit.Policy(
      name: policy.name, role: policy.role, summary: policy.summary,
      mean: means.isEmpty ? .nan : means.reduce(0, +) / Double(means.count),
      low: Quantile.value(of: sorted, at: 0.1) ?? .nan, high: Quantile.value(of: sorted, at: 0.9) ?? .nan,
      readable: count > 0 ? Double(readable) / Double(count) : 0,
      metric: metrics.isEmpty ? nil : metrics.reduce(0, +) / Double(metrics.count))
  }

  func spread(noise: Double) -> KindAudit.Spread {
    let groups = totals.filter { $0.count > 1 }
    let deviations = groups.map { group -> Double in
      let mean = group.reduce(0, +) / Double(group.count)
      return (group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(group.count)).squareRoot()
    }
    let tied = groups.count { group in group.allSatisfy { abs($0 - group[0]) <= 1e-9 } }
    return KindAudit.Spread(
      noise: noise, mean: result.mean,
      deviation: deviations.isEmpty ? 0 : deviations.reduce(0, +) / Double(deviations.count),
      tied: groups.isEmpty ? 0 : Double(tied) / Double(groups.count))
  }
}

extension String {
  /// At most 60 characters of it, on one line.
  var shortened: String {
    let line = split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 60 ? line.prefix(59) + "…" : line
  }
}
