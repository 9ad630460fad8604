extension String {
  /// The text of a command's help, written in lines of any length, so that it stays legible at 80 columns and uses wider ones.
  ///
  /// The argument parser wraps every line by itself. So the lines of a paragraph become one; an indented line that is too long for 80
  /// columns is broken here: at the gap before its explanation, else at its words with a deeper indent, a command with a backslash.
  var manual: String {
    var paragraphs: [String] = []
    var prose: [Substring] = []
    func flush() {
      if !prose.isEmpty { paragraphs.append(prose.joined(separator: " ")) }
      prose = []
    }
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.first == " " || line.allSatisfy({ !$0.isLowercase }) {
        flush()
        paragraphs += line.first == " " ? Self.broken(line) : [String(line)]
      } else {
        prose.append(line)
      }
    }
    flush()
    return paragraphs.joined(separator: "\n")
  }

  private static let columns = 79

  private static func broken(_ line: Substring) -> [String] {
    guard line.count > columns else { return [String(line)] }
    let indent = String(line.prefix { $0 == " " })
    let text = line.dropFirst(indent.count)
    if let gap = text.firstRange(of: "   ") {
      let explanation = text[gap.upperBound...].drop { $0 == " " }
      return broken(indent + text[..<gap.lowerBound]) + broken(indent + "    " + explanation)
    }
    let isCommand = text.hasPrefix("takt ") || text.hasPrefix("python")
    let ending = isCommand ? " \\" : ""
    var lines = [indent]
    for word in text.split(separator: " ") {
      let isFirst = lines[lines.count - 1].allSatisfy { $0 == " " }
      if !isFirst, lines[lines.count - 1].count + 1 + word.count + ending.count > columns {
        lines[lines.count - 1] += ending
        lines.append(indent + (isCommand ? "    " : "  ") + word)
      } else {
        lines[lines.count - 1] += (isFirst ? "" : " ") + word
      }
    }
    return lines
  }

  private static func broken(_ line: String) -> [String] { broken(line[...]) }
}
