import Files
import Foundation
import Options

/// One catalogue as `takt list` shows it.
package struct ListedKind: Sendable {
  /// What `takt list` calls it, such as `rewards`.
  package let name: String
  let noun: String
  private let rows: [(name: String, summary: String)]
  private let listing: String
  /// All that is known of one part.
  private let manual: @Sendable (String) throws -> String
  private let options: @Sendable (String) throws -> [OptionReader.Description]
  private let more: @Sendable (String) throws -> [(key: String, value: JSONValue)]

  /// A value of a JSON object beside name, summary and options.
  enum JSONValue: Sendable {
    case text(String), list([String])
  }

  init<Part, Made>(
    _ catalog: Catalog<Part, Made>, listing: String? = nil, options: (@Sendable (Part) -> [OptionReader.Description])? = nil,
    more: @escaping @Sendable (Part) -> [(key: String, value: JSONValue)] = { _ in [] },
    manual: @escaping @Sendable (Part, String) -> String? = { _, _ in nil }
  ) {
    name = catalog.plural
    noun = catalog.noun
    rows = catalog.all.map { (catalog.name(of: $0), catalog.summary(of: $0)) }
    self.listing = listing ?? Self.pairs(rows)
    let read = options ?? { catalog.descriptions(of: $0) }
    self.options = { try read(catalog.part(named: $0)) }
    self.more = { try more(catalog.part(named: $0)) }
    self.manual = { name in
      let part = try catalog.part(named: name)
      let options = Self.table(of: read(part))
      return manual(part, options)
        ?? "\(name): \(catalog.summary(of: part))\n" + (options.isEmpty ? "" : "\nOptions\n\(options)")
    }
  }

  /// A line a part; all that is known of one where a name is given.
  package func text(_ name: String? = nil) throws -> String {
    if let name { return try manual(name) }
    return listing
  }

  /// The same for programs.
  package func json(_ name: String? = nil) throws -> String {
    if let name { _ = try options(name) }  // says what is known where it is not
    return try JSONText.indented(
      objects: rows.filter { name == nil || $0.name == name }.map { row in
        var object: [String: Any] = ["name": row.name, "summary": row.summary]
        for (key, value) in try more(row.name) {
          switch value {
          case .text(let text): object[key] = text
          case .list(let list): object[key] = list
          }
        }
        object["options"] = try options(row.name).map {
          ["key": $0.key, "allowed": $0.allowed, "default": $0.fallback, "help": $0.help]
        }
        return object
      })
  }

  /// The options of every part that has some, a section each.
  var sections: [String] {
    get throws {
      try rows.compactMap { row in
        let options = try options(row.name)
        return options.isEmpty ? nil : "\(noun) \(row.name): \(row.summary)\n\(Self.table(of: options))"
      }
    }
  }

  static func table(of options: [OptionReader.Description]) -> String {
    pairs(
      options.map { ($0.key, "\($0.allowed), default \($0.fallback)" + ($0.help.isEmpty ? "" : ": \($0.help)")) }, indent: "  ")
  }
  /// Names with what is said of them, a line each.
  static func pairs(_ rows: [(String, String)], indent: String = "") -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "\(indent)\($0.padding(toLength: width, withPad: " ", startingAt: 0))  \($1)\n" }.joined()
  }
}
