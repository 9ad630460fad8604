import Timelines

/// The log-mel picture, the lanes, the probability of a transition and the intensity of a track, over one axis of time, as SVG.
struct TrackChart {
  private let content: TrackPageContent
  private let axis: Axis
  private static let width = 932.0
  private let left = 92.0
  private let right = 920.0
  private static let pictureHeight = 128.0
  private static let laneHeight = 22.0
  private static let curveHeight = 64.0
  private static let gap = 12.0

  init(_ content: TrackPageContent) {
    self.content = content
    axis = Axis(duration: content.duration, from: left, to: right)
  }

  var markup: Markup {
    var y = 4.0
    var rows: Markup = ""
    rows += picture(at: &y)
    let top = y
    for lane in lanes { rows += laneRow(lane, at: &y) }
    if !lanes.isEmpty { y += Self.gap }
    rows += curveRow("transition", content.transition, truth: nil, at: &y)
    rows += curveRow("intensity", content.intensity, truth: intensityTruth, at: &y)
    let changes = content.transitions.map { time -> Markup in
      "<line class=\"change\" x1=\"\(axis.position(time))\" y1=\"\(top)\" x2=\"\(axis.position(time))\" y2=\"\(y)\"/>"
    }
    return """
      <svg viewBox="0 0 \(Self.width) \(y + 22)" role="img" aria-label="\(content.title) over time">
      \(Markup(changes))
      \(rows)
      \(axis.timeMarkup(at: y, height: 4))
      </svg>
      """
  }

  private func label(_ text: String, at y: Double) -> Markup {
    "<text class=\"lane\" x=\"\(left - 8)\" y=\"\(y)\" text-anchor=\"end\">\(text)</text>"
  }

  private func picture(at y: inout Double) -> Markup {
    defer { y += Self.pictureHeight + Self.gap }
    let image = HeatBitmap(values: content.spectrogram, rows: content.bands)
    return """
      \(label("log-mel", at: y + 0.5 * Self.pictureHeight))
      <image x="\(left)" y="\(y)" width="\(right - left)" height="\(Self.pictureHeight)" preserveAspectRatio="none" \
      href="\(Markup(stringLiteral: image.dataURI))"/>
      """
  }

  /// Lanes of the truth, then those that the encoder hears and the truth does not have, where it hears them at all.
  private var lanes: [String] {
    let known = (content.timeline?.lanes ?? []).map(\.label)
    return known
      + content.activity.filter { !known.contains($0.label) && ($0.values.max() ?? 0) > 0.5 }.map(\.label)
  }

  private func laneRow(_ name: String, at y: inout Double) -> Markup {
    defer { y += Self.laneHeight }
    let height = Self.laneHeight - 4
    var markup = label(name, at: y + 0.5 * height + 4)
    markup += "<line class=\"rail\" x1=\"\(left)\" y1=\"\(y + height)\" x2=\"\(right)\" y2=\"\(y + height)\"/>"
    for interval in content.timeline?.lanes.first(where: { $0.label == name })?.intervals ?? [] {
      let (start, end) = (axis.position(interval.start), axis.position(interval.end))
      markup += """
        <rect class="lane-truth" x="\(start)" y="\(y)" width="\(max(0.5, end - start))" height="\(height)">\
        <title>\(name) \(clock(interval.start, places: 1))–\(clock(interval.end, places: 1))</title></rect>
        """
    }
    if let curve = content.activity.first(where: { $0.label == name }) {
      markup += "<polyline class=\"curve\" points=\"\(points(curve.values, top: y, height: height))\"/>"
    }
    return markup
  }

  private func curveRow(_ name: String, _ curve: TrackPageContent.Curve, truth: Markup?, at y: inout Double) -> Markup {
    defer { y += Self.curveHeight + Self.gap }
    let bottom = y + Self.curveHeight
    let ticks = [(0.0, "0"), (1.0, "1")].map { value, text -> Markup in
      let height = bottom - value * Self.curveHeight
      return """
        <line class="grid" x1="\(left)" y1="\(height)" x2="\(right)" y2="\(height)"/>\
        <text class="tick" x="\(left - 8)" y="\(height + (value == 0 ? 0 : 8))" text-anchor="end">\(text)</text>
        """
    }
    let line = points(curve.values, top: y, height: Self.curveHeight)
    let end = axis.position(Double(max(0, curve.values.count - 1)) / content.curveRate)
    return """
      \(Markup(ticks))
      \(label(name, at: y + 0.5 * Self.curveHeight + 4))
      \(truth.map { step -> Markup in "<g transform=\"translate(0 \(y))\">\(step)</g>" } ?? "")
      <polygon class="under" points="\(left),\(bottom) \(line) \(end),\(bottom)"/>
      <polyline class="curve" points="\(line)"/>
      """
  }

  /// The sections' intensities as a step, its top at 0.
  private var intensityTruth: Markup? {
    guard let sections = content.timeline?.sections, !sections.isEmpty else { return nil }
    let corners = sections.flatMap { section in
      [section.interval.start, section.interval.end].map { time in
        "\(decimal(axis.position(time), places: 1)),\(decimal((1 - section.intensity) * Self.curveHeight, places: 1))"
      }
    }
    return "<polyline class=\"step\" points=\"\(corners.joined(separator: " "))\"/>"
  }

  private func points(_ values: [Float], top: Double, height: Double) -> String {
    values.enumerated().map { index, value in
      let x = axis.position(Double(index) / content.curveRate)
      let share = value.isFinite ? min(1, max(0, Double(value))) : 0
      return "\(decimal(x, places: 1)),\(decimal(top + (1 - share) * height, places: 1))"
    }.joined(separator: " ")
  }
}

extension Axis {
  /// A line of time with its ticks below a drawing.
  func timeMarkup(at y: Double, height: Double) -> Markup {
    let ticks = ticks.map { tick -> Markup in
      """
      <line class="axis" x1="\(position(tick))" y1="\(y)" x2="\(position(tick))" y2="\(y + height)"/>\
      <text class="tick" x="\(position(tick))" y="\(y + height + 12)" text-anchor="middle">\(clock(tick))</text>
      """
    }
    return """
      <line class="axis" x1="\(start)" y1="\(y)" x2="\(end)" y2="\(y)"/>
      \(Markup(ticks))
      """
  }
}
