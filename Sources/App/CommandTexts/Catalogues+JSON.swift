import Files
import Foundation

extension Catalogues {
  /// The lines of a table of names and what they are, for programs.
  package func linesJSON(_ table: String) throws -> String {
    try JSONText.indented(
      objects: table.split(separator: "\n").compactMap { line -> [String: Any]? in
        guard let end = line.range(of: "  ") else { return nil }
        let text = line[end.upperBound...].drop { $0 == " " }
        return ["name": String(line[..<end.lowerBound]), "summary": String(text)]
      })
  }
}
