import Randomness
import TemporalMetrics
import Timelines

/// Metrics of single answers on one core.
struct MetricBench: BenchFamily {
  private static let variants = 256

  private let intervals: [(predicted: [Interval], reference: IntervalSet)]
  private let orders: [(first: [Double], second: [Double])]
  private let onsets: [(reference: EventTimes, estimated: EventTimes)]

  init() {
    var stream = RandomStream(seed: BenchMaterial.seed)
    intervals = (0..<Self.variants).map { _ in
      (Self.intervals(using: &stream), IntervalSet(Self.intervals(using: &stream)))
    }
    let ranks = (0..<8).map(Double.init)
    orders = (0..<Self.variants).map { _ in (ranks, ranks.shuffled(using: &stream)) }
    onsets = (0..<Self.variants).map { _ in
      let times = (0..<100).map { _ in stream.uniform(in: 0...60) }
      let moved = times.map { $0 + stream.uniform(in: -0.08...0.08) }
      return (EventTimes(sorting: times), EventTimes(sorting: moved))
    }
  }

  private static func intervals(using stream: inout RandomStream) -> [Interval] {
    (0..<3).map { _ in
      let start = stream.uniform(in: 0...50)
      return Interval(start, start + stream.uniform(in: 1...10))
    }
  }

  let rows = [
    BenchRow(
      "interval_f1", "F1 of interval sets", unit: "M/s", .rate,
      explanation: "three predicted intervals, merged and compared with a set of three; one core, the bar is 3"),
    BenchRow("kendall", "Kendall's τ of 8", unit: "M/s", .rate, explanation: "τ_b of two orders of 8 items; one core"),
    BenchRow(
      "onset_f", "onset F of 100", unit: "M/s", .rate,
      explanation: "100 estimated onsets matched with 100 within 0.05 s, as many as can be; one core"),
  ]

  func measure(beside limits: MachineLimits) -> [BenchSample] {
    [
      BenchSample(rate(intervals, passes: 400) { IntervalOverlap(predicted: $0.predicted, reference: $0.reference).f1 } / 1e6),
      BenchSample(rate(orders, passes: 400) { KendallTau($0.first, $0.second).b } / 1e6),
      BenchSample(
        rate(onsets, passes: 200) { OnsetDetection.score(reference: $0.reference, estimated: $0.estimated).recall } / 1e6),
    ]
  }

  /// Scores a second.
  private func rate<Pair>(_ pairs: [Pair], passes: Int, _ score: (Pair) -> Double?) -> Double {
    var total = 0.0
    let start = ThreadInstant.now
    for _ in 0..<passes {
      for pair in pairs { total += score(pair) ?? 0 }
    }
    let seconds = start.elapsed
    precondition(total.isFinite, "scores are finite")
    return Double(pairs.count * passes) / seconds
  }
}
