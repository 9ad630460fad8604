/// Text that is already HTML or SVG; plain text becomes it by being escaped.
package struct Markup: ExpressibleByStringInterpolation {
  package private(set) var source: String

  /// Source that code has written.
  package init(stringLiteral value: String) { source = value }

  /// Text from anywhere, with everything escaped that markup gives a meaning.
  package init(text: String) {
    source = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": source += "&amp;"
      case "<": source += "&lt;"
      case ">": source += "&gt;"
      case "\"": source += "&quot;"
      case "'": source += "&#39;"
      // Control characters other than tab and line end may stand in no document.
      case "\u{0}"..<"\t", "\u{B}"..<"\r", "\u{E}"..<" ", "\u{7F}", "\u{FFFE}", "\u{FFFF}": source += "\u{FFFD}"
      default: source.unicodeScalars.append(scalar)
      }
    }
  }

  package init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

  init(_ parts: some Sequence<Markup>) { source = parts.map(\.source).joined(separator: "\n") }

  static func += (left: inout Markup, right: Markup) { left.source += right.source }

  package struct Interpolation: StringInterpolationProtocol {
    var source = ""

    package init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(2 * literalCapacity) }

    package mutating func appendLiteral(_ literal: String) { source += literal }
    package mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
    package mutating func appendInterpolation(_ text: String) { source += Markup(text: text).source }
    package mutating func appendInterpolation(_ number: Int) { source += "\(number)" }

    /// A length in the drawing, to a tenth.
    package mutating func appendInterpolation(_ length: Double) { source += decimal(length, places: 1) }
  }
}
