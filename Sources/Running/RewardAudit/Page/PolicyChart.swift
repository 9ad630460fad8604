import RunReports

/// A bar a policy: its mean reward, with a line from the tenth to the ninetieth percentile.
struct PolicyChart {
  let audit: KindAudit

  private static let row = 21.0
  private static let labels = 150.0
  private static let width = 900.0

  var svg: String {
    let policies = audit.policies
    let height = Self.row * Double(policies.count) + 26
    let axis = Axis(
      showing: policies.flatMap { [$0.mean, $0.low, $0.high] } + [0], from: Self.labels, to: Self.width - 50, tickCount: 8)
    let grid = axis.ticks.map { tick in
      let x = length(axis.position(tick))
      return "<line class=\"grid\" x1=\"\(x)\" y1=\"0\" x2=\"\(x)\" y2=\"\(length(height - 20))\"/>"
        + "<text class=\"tick\" x=\"\(x)\" y=\"\(length(height - 5))\" text-anchor=\"middle\">"
        + "\(decimal(tick, places: axis.places))</text>"
    }
    let bars = policies.enumerated().map { bar($1, y: Self.row * Double($0), axis) }
    return """
      <svg viewBox="0 0 \(length(Self.width)) \(length(height))" role="img" aria-label="mean reward of each policy">
      \(grid.joined())
      \(bars.joined(separator: "\n"))
      </svg>
      """
  }

  private func bar(_ policy: KindAudit.Policy, y: Double, _ axis: Axis) -> String {
    let (zero, mean) = (axis.position(0), axis.position(policy.mean.isNaN ? 0 : policy.mean))
    let middle = length(y + Self.row / 2)
    let (low, high) = (length(axis.position(policy.low)), length(axis.position(policy.high)))
    return """
      <g class="\(policy.role.rawValue)"><title>\(policy.summary.escaped)</title>\
      <text x="\(length(Self.labels - 8))" y="\(length(y + 15))" text-anchor="end">\(policy.name.escaped)</text>\
      <rect x="\(length(min(zero, mean)))" y="\(length(y + 4))" width="\(length(max(1, abs(mean - zero))))" \
      height="\(length(Self.row - 8))"/><line class="whisker" x1="\(low)" y1="\(middle)" x2="\(high)" y2="\(middle)"/>\
      <text class="tick" x="\(length(Self.width - 4))" y="\(length(y + 15))" text-anchor="end">\
      \(decimal(policy.mean, places: 3))</text></g>
      """
  }
}
