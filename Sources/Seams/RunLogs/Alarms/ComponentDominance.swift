import Foundation
package import Options

/// Warns where one component of several decides alone what is learnt.
///
/// The mean of `reward/<label>/advantage_share` over about the latest `span` steps is above `share`. A run with one component
/// has nothing to be told.
package struct ComponentDominance: Alarm {
  package static let name = "component-dominance"
  package static let summary = "one component of the reward carries nearly all variance of the advantages"

  private let share: Double
  private let span: Int
  private var means: [String: RecentMean] = [:]
  private var latches: [String: Latch] = [:]

  package init(options: inout OptionReader, limits: RunLimits) {
    share = options.number("share", default: 0.95, in: 0...1, help: "most of the variance that one component may carry")
    span = options.integer("span", default: 10, in: 1...100_000, unit: "steps", help: "that a mean is taken over")
  }

  package mutating func warning(after event: RunEvent) -> String? {
    guard event.kind == .step else { return nil }
    let shares = event.scalars.compactMap { name, value in Self.label(name).map { ($0, value) } }.sorted { $0.0 < $1.0 }
    var found: String?
    for (label, value) in shares {
      means[label, default: RecentMean(span: span)].add(value)
      guard let mean = means[label] else { continue }
      let isDominant = means.count > 1 && mean.isSettled && mean.mean > share
      guard latches[label, default: Latch(span: span)].rises(isDominant) else { continue }
      let percent = String(format: "%.1f", 100 * mean.mean)
      found =
        "\(label) carries \(percent) % of the variance of the advantages: the other components are hardly heard. Change their "
        + "weights, or normalise each reward on its own (algorithm: gdpo)"
    }
    return found
  }

  private static func label(_ metric: String) -> String? {
    let parts = metric.split(separator: "/")
    return parts.count == 3 && parts[0] == "reward" && parts[2] == "advantage_share" ? String(parts[1]) : nil
  }

  package var state: [String: Double] {
    get {
      means.reduce(into: [:]) { all, part in
        all.merge(part.value.state.merging(latches[part.key]?.state ?? [:]) { $1 }.under(part.key)) { $1 }
      }
    }
    set {
      means = [:]
      latches = [:]
      for label in Set(newValue.keys.compactMap { $0.split(separator: "/").first.map(String.init) }) {
        means[label, default: RecentMean(span: span)].state = newValue.part(label)
        latches[label, default: Latch(span: span)].state = newValue.part(label)
      }
    }
  }
}
