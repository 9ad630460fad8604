import Foundation
package import Options

/// The name of an experiment or a grid, which is the name of its folder in `runs/`.
package enum RunName {
  /// Bytes of the longest; a seed's number still fits behind it.
  static let longest = 200

  /// What is wrong with a name, with the remedy; `nil` where a folder may have it.
  package static func complaint(_ name: String) -> String? {
    let remedy = "it names the folder in runs/; give letters, digits and - _ + = ."
    if name.isEmpty { return "is empty: \(remedy)" }
    if name.hasPrefix(".") { return "must not begin with a dot ('\(name)'): \(remedy)" }
    if name.contains("/") || name.contains("\\") {
      return "must hold no '/' or '\\' ('\(name)'): \(remedy), and --output for another place"
    }
    let isPlain =
      name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace || $0 == " " } && name.first != " " && name.last != " "
    if !isPlain
      || name.unicodeScalars.contains(where: { [.control, .format, .lineSeparator].contains($0.properties.generalCategory) })
    {
      return "must hold no control characters, and no space at its ends: \(remedy)"
    }
    if name.utf8.count > longest { return "has \(name.utf8.count) bytes of at most \(longest): \(remedy)" }
    if name.lowercased().hasPrefix("index.sqlite") { return "must not be '\(name)', the name of the index of runs: \(remedy)" }
    return nil
  }

  /// Reads the key `name`, which must be given, and records what is wrong with it.
  package static func read(_ options: inout OptionReader, help: String) -> String {
    let isGiven = options.contains("name")
    let issuesBefore = options.issues.count
    let name = options.text("name", help: help)
    if isGiven, options.issues.count == issuesBefore, let complaint = complaint(name) { options.record(complaint, at: "name") }
    return name
  }
}
