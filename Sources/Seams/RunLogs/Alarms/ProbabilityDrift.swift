import Foundation
package import Options

/// Warns where the policy no longer samples from the distribution that it is trained on.
///
/// `policy/drift_mean` of a step is above `tolerance`; at the first step of a run that is an error. A step is enough: the
/// difference has no noise to average away.
package struct ProbabilityDrift: Alarm {
  package static let name = "drift"
  package static let summary = "sampled and recomputed log-probabilities have moved apart"
  /// Steps without it after which it may speak again.
  private static let calmSteps = 10

  private let tolerance: Double
  private var latch = Latch(span: Self.calmSteps)

  package init(options: inout OptionReader, limits: RunLimits) {
    tolerance = options.number(
      "tolerance", default: limits.drift, in: 0...10, unit: "nats", help: "default: that of training.drift-tolerance")
  }

  package mutating func warning(after event: RunEvent) -> String? {
    guard event.kind == .step, let drift = event.scalars["policy/drift_mean"] else { return nil }
    guard latch.rises(!(drift <= tolerance)) else { return nil }
    return String(
      format: "sampled and recomputed log-probabilities differ by %.3g nats a token on average (allowed: %.3g): the ratios are "
        + "wrong by as much. Look for stale weights in the rollout engine; training.recompute-behavior corrects for one of lower "
        + "precision", drift, tolerance)
  }

  package var state: [String: Double] {
    get { latch.state }
    set { latch.state = newValue }
  }
}
