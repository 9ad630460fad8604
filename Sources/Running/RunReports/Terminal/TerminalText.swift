/// The line without the blanks at its end.
func trimmed(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}

/// Text from anywhere as a terminal may show it: control characters, escape sequences among them, become `\u{FFFD}`.
func printable(_ text: String) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isControl = scalar.properties.generalCategory == .control
    shown.append(scalar == "\n" || scalar == "\t" ? " " : isControl ? "\u{FFFD}" : scalar)
  }
  return String(shown)
}
