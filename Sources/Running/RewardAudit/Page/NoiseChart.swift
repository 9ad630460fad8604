import RunReports

/// Mean reward of honest answers over their noise in seconds, with the spread within groups, beside the best blind policy.
struct NoiseChart {
  let audit: KindAudit

  private static let width = 430.0
  private static let height = 260.0

  var svg: String {
    let exact = audit["exact"].map { [KindAudit.Spread(noise: 0, mean: $0.mean, deviation: 0, tied: 0)] } ?? []
    let spreads = (exact + audit.spreads).filter(\.mean.isFinite)
    let blind = audit.bestBlind.map { [$0.mean] } ?? []
    let x = Axis(showing: [0, 30], from: 44, to: Self.width - 10)
    let y = Axis(
      showing: spreads.flatMap { [$0.mean - $0.deviation, $0.mean + $0.deviation] } + blind + [0], from: Self.height - 34,
      to: 10)
    func point(_ noise: Double, _ reward: Double) -> String { "\(length(x.position(noise))),\(length(y.position(reward)))" }
    let upper = spreads.map { point($0.noise, $0.mean + $0.deviation) }
    let lower = spreads.reversed().map { point($0.noise, $0.mean - $0.deviation) }
    let level = length(y.position(blind.first ?? 0))
    let line =
      blind.isEmpty
      ? "" : "<line class=\"line blind broken\" x1=\"44\" y1=\"\(level)\" x2=\"\(length(Self.width - 10))\" y2=\"\(level)\"/>"
    return """
      <svg viewBox="0 0 \(length(Self.width)) \(length(Self.height))" role="img" aria-label="reward over noise">
      \(ChartFrame(x: x, y: y, width: Self.width, height: Self.height, xTitle: "noise, s").svg)
      <polygon class="band" points="\((upper + lower).joined(separator: " "))"/>
      <polyline class="line honest" points="\(spreads.map { point($0.noise, $0.mean) }.joined(separator: " "))"/>
      \(line)
      </svg>
      """
  }
}

/// Metric and reward of single answers.
struct ScatterChart {
  let audit: KindAudit

  private static let width = 430.0
  private static let height = 260.0

  var svg: String {
    // Times far outside the track would hide all others.
    let points = audit.points.filter { $0.metric > -1000 }
    let x = Axis(showing: points.map(\.metric), from: 44, to: Self.width - 10)
    let y = Axis(showing: points.map(\.reward), from: Self.height - 34, to: 10)
    let dots = points.map {
      "<circle class=\"\($0.role.rawValue)\" cx=\"\(length(x.position($0.metric)))\" cy=\"\(length(y.position($0.reward)))\" r=\"2\"/>"
    }
    return """
      <svg viewBox="0 0 \(length(Self.width)) \(length(Self.height))" role="img" aria-label="reward over metric">
      \(ChartFrame(x: x, y: y, width: Self.width, height: Self.height, xTitle: audit.metric).svg)
      \(dots.joined())
      </svg>
      """
  }
}

/// Grid, ticks and the title of the horizontal axis.
struct ChartFrame {
  let x: Axis
  let y: Axis
  let width: Double
  let height: Double
  let xTitle: String

  var svg: String {
    let rows = y.ticks.map { tick in
      let at = length(y.position(tick))
      return "<line class=\"grid\" x1=\"44\" y1=\"\(at)\" x2=\"\(length(width - 10))\" y2=\"\(at)\"/>"
        + "<text class=\"tick\" x=\"38\" y=\"\(length(y.position(tick) + 4))\" text-anchor=\"end\">\(decimal(tick, places: y.places))</text>"
    }
    let columns = x.ticks.map { tick in
      "<text class=\"tick\" x=\"\(length(x.position(tick)))\" y=\"\(length(height - 18))\" text-anchor=\"middle\">"
        + "\(decimal(tick, places: x.places))</text>"
    }
    let title =
      "<text class=\"tick\" x=\"\(length(width / 2))\" y=\"\(length(height - 3))\" text-anchor=\"middle\">\(xTitle.escaped)</text>"
    return rows.joined() + columns.joined() + title
  }
}
