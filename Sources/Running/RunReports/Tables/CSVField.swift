/// A field of a CSV file.
///
/// Quoted where it holds a separator, a quote or a line end. A text that a spreadsheet would take for a formula, since it begins with
/// `=`, `+`, `-`, `@`, a tab or a carriage return, gets an apostrophe in front; a number stays a number.
package func csvField(_ text: String) -> String {
  let isFormula = text.first.map { "=+-@\t\r".contains($0) } == true && Double(text) == nil
  let safe = isFormula ? "'" + text : text
  // "\r\n" is one character, which is neither of the two.
  let isPlain = safe.unicodeScalars.allSatisfy { !",\"\n\r".unicodeScalars.contains($0) }
  return isPlain ? safe : "\"" + safe.replacing("\"", with: "\"\"") + "\""
}
