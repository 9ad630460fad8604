import Algorithms
import Files
import Foundation
import MusTBench
import Options
import Questions
import Rewards
import TemporalRewards

/// The catalogues for scripts: what the tables of ``Catalogues`` say, as JSON.
extension Catalogues {
  /// A list of rewards with their documentation and options, or the one of this name.
  public func rewardsJSON(_ name: String? = nil) throws -> String {
    if name != nil { _ = try rewards(name) }  // names what is known where it is not
    return try JSONText.indented(
      objects: rewardCatalog.all.filter { name == nil || $0.name == name }.map { type in
        var options = OptionReader()
        _ = type.init(options: &options)
        let documentation = type.documentation
        return [
          "name": type.name, "summary": documentation.summary, "formula": documentation.formula,
          "edges": documentation.degenerateCases, "judges": documentation.kinds.map(\.rawValue), "source": documentation.source,
          "options": Self.json(of: options),
        ]
      })
  }

  public func algorithmsJSON(_ name: String? = nil) throws -> String {
    if name != nil { _ = try algorithms(name) }
    return try JSONText.indented(
      objects: AlgorithmCatalog.builtIn.all.filter { name == nil || $0.name == name }.map { type in
        var options = OptionReader()
        _ = type.init(options: &options)
        return ["name": type.name, "summary": type.summary, "options": Self.json(of: options)]
      })
  }

  public func tasksJSON() throws -> String {
    try JSONText.indented(objects: TaskCatalog.builtIn.all.map { ["name": type(of: $0).name, "title": type(of: $0).title] })
  }

  /// The lines of a table of names and what they are.
  public func linesJSON(_ table: String) throws -> String {
    try JSONText.indented(
      objects: table.split(separator: "\n").compactMap { line -> [String: Any]? in
        guard let end = line.range(of: "  ") else { return nil }
        let text = line[end.upperBound...].drop { $0 == " " }
        return ["name": String(line[..<end.lowerBound]), "summary": String(text)]
      })
  }

  private static func json(of reader: OptionReader) -> [[String: Any]] {
    reader.descriptions.map { ["key": $0.key, "allowed": $0.allowed, "default": $0.fallback, "help": $0.help] }
  }
}
