import Foundation

/// Bytes as a message shows them.
enum ShownText {
  static func of(_ bytes: Data, limit: Int = 200) -> String {
    "'\(plain(String(decoding: bytes.prefix(limit), as: UTF8.self)))\(bytes.count > limit ? "…" : "")'"
  }

  /// The beginning of a text, with what a terminal would obey written out as `\u{1B}`; lines stay lines.
  static func plain(_ text: String, limit: Int = 2000) -> String {
    let scalars = text.unicodeScalars
    let shown = scalars.prefix(limit).reduce(into: "") { shown, scalar in
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n" && scalar != "\t", .format:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown + (scalars.dropFirst(limit).isEmpty ? "" : "…")
  }
}
