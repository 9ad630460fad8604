/// A measure as a person reads it.
package enum MeasureName {
  /// `hit@3s` → `Hit@3s`; others as they are.
  package static func title(_ measure: String) -> String {
    ["hit@3s": "Hit@3s", "hit@1s": "Hit@1s", "iou": "IoU", "f1": "F1", "meteor": "METEOR"][measure] ?? measure
  }

  /// Of which tracks a metric speaks that is logged while training: `evaluation/…` of the validation split, `training/…` of tracks that
  /// are learnt from; `nil` for other metrics.
  package static func tracks(ofMetric name: String) -> String? {
    ["evaluation": "validation tracks", "training": "training tracks"][String(name.prefix { $0 != "/" })]
  }
}
