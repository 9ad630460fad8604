import Foundation
package import Options

/// Warns where most questions teach nothing, since all their completions earn the same.
///
/// The mean of `reward/tied_groups` over about the latest `span` steps is above `share`.
package struct TiedGroups: Alarm {
  package static let name = "tied-groups"
  package static let summary = "most groups of completions are tied and teach nothing"

  private let share: Double
  private var recent: RecentMean
  private var latch: Latch

  package init(options: inout OptionReader, limits: RunLimits) {
    share = options.number("share", default: 0.5, in: 0...1, help: "most groups that may be tied")
    let span = options.integer("span", default: 10, in: 1...100_000, unit: "steps", help: "that a mean is taken over")
    recent = RecentMean(span: span)
    latch = Latch(span: span)
  }

  package mutating func warning(after event: RunEvent) -> String? {
    guard event.kind == .step, let tied = event.scalars["reward/tied_groups"] else { return nil }
    recent.add(tied)
    guard latch.rises(recent.isSettled && recent.mean > share) else { return nil }
    return String(
      format: "%.0f %% of the groups are tied and teach nothing: ask harder or easier questions, take more completions, use a "
        + "reward with more levels, or sample further questions in their place (algorithm.tied-groups: refill)",
      100 * recent.mean)
  }

  package var state: [String: Double] {
    get { recent.state.under("recent").merging(latch.state) { $1 } }
    set {
      recent.state = newValue.part("recent")
      latch.state = newValue
    }
  }
}
