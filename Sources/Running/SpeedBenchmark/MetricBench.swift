import Randomness
import TemporalMetrics
import Timelines

/// Metrics of single answers on one core, beside what Python computes them with.
struct MetricBench: BenchFamily {
  private let material: JudgingMaterial
  private let peer: PythonPeer
  private var means: [Double] = [0, 0, 0]

  init(_ material: JudgingMaterial, peer: PythonPeer) {
    self.material = material
    self.peer = peer
  }

  var rows: [BenchRow] {
    let texts = [
      (
        "interval_f1", "F1 of interval sets",
        "three predicted intervals, merged and compared with a set of three; the bar is 3 M/s"
      ),
      ("kendall", "Kendall's τ of 8", "τ_b of two orders of 8 items; the bar is 200 × scipy"),
      (
        "onset_f", "onset F of 100",
        "100 estimated onsets matched with 100 within 0.05 s, as many as can be; the bar is 200 × mir_eval"
      ),
    ]
    return texts.indices.map { index in
      let (key, title, explanation) = texts[index]
      return BenchRow(
        key, title, unit: "M/s", .rate, limit: peer.name(key),
        explanation: "\(explanation); one core; \(peer.note(key, mean: means[index]))")
    }
  }

  mutating func measure(beside limits: MachineLimits) -> [BenchSample] {
    let (f1, f1Mean) = material.rate(of: material.sets) {
      IntervalOverlap(predicted: $0.answer, reference: $0.referenceSet).f1 ?? 0
    }
    let (tau, tauMean) = material.rate(of: material.orders) { KendallTau($0.first, $0.second).b ?? 0 }
    let (onset, onsetMean) = material.rate(of: material.onsets) {
      OnsetDetection.score(reference: $0.reference, estimated: $0.estimated).fMeasure()
    }
    means = [f1Mean, tauMean, onsetMean]
    return [("interval_f1", f1), ("kendall", tau), ("onset_f", onset)].map { BenchSample($1, limit: peer.rate($0)) }
  }
}
