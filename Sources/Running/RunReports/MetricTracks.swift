/// Of which tracks a metric speaks that is logged while training.
package enum MetricTracks {
  /// `evaluation/…` of the validation split, `training/…` of tracks that are learnt from; `nil` for other metrics.
  package static func words(_ metric: String) -> String? {
    ["evaluation": "validation tracks", "training": "training tracks"][String(metric.prefix { $0 != "/" })]
  }
}
