import Foundation
package import Options

/// Warns where the policy has stopped trying anything else.
///
/// With H₀ the mean entropy of the first `span` steps and H that of about the latest `span`: H < `share`·H₀ or H < `floor`. All
/// samples of a question then come out alike, groups tie, and nothing more is learnt.
package struct EntropyCollapse: Alarm {
  package static let name = "entropy-collapse"
  package static let summary = "the entropy of the policy has fallen to a small share of what it was at the start"

  private let share: Double
  private let floor: Double
  private var start: RecentMean
  private var recent: RecentMean
  private var latch: Latch

  package init(options: inout OptionReader, limits: RunLimits) {
    share = options.number("share", default: 0.1, in: 0...1, help: "least share of the entropy at the start")
    floor = options.number("floor", default: 0, in: 0...100, unit: "nats", help: "least entropy; 0 for none")
    let span = options.integer("span", default: 10, in: 1...100_000, unit: "steps", help: "that a mean is taken over")
    start = RecentMean(span: span)
    recent = RecentMean(span: span)
    latch = Latch(span: span)
  }

  package mutating func warning(after event: RunEvent) -> String? {
    guard event.kind == .step, let entropy = event.scalars["policy/entropy"] else { return nil }
    if !start.isSettled { start.add(entropy) }
    recent.add(entropy)
    let isLow = start.isSettled && (recent.mean < share * start.mean || recent.mean < floor)
    guard latch.rises(isLow) else { return nil }
    return String(
      format: "the entropy is %.3g nats a token, after %.3g at the start: lower the learning rate, raise clip-high, or add an "
        + "entropy bonus (algorithm.entropy)", recent.mean, start.mean)
  }

  package var state: [String: Double] {
    get { start.state.under("start").merging(recent.state.under("recent")) { $1 }.merging(latch.state) { $1 } }
    set {
      start.state = newValue.part("start")
      recent.state = newValue.part("recent")
      latch.state = newValue
    }
  }
}
