import Experiments
import Foundation
import Options

/// One list of a grid: what an arm may choose there.
struct AblationAxis {
  /// One thing to choose: its name in arms, and what it changes in the experiment.
  struct Choice {
    var name: String
    var changes: [Change]
  }

  /// A key path with its new value; `nil` takes the key away, so that its default holds.
  typealias Change = (path: String, value: OptionValue?)

  var key: String
  var choices: [Choice]

  static func applying(_ changes: [Change], to file: YAMLFile) -> YAMLFile {
    changes.reduce(file) { file, change in file.setting(change.path, to: change.value) }
  }

  /// The axes of `grid`, and one more of `arms` where it is given.
  static func axes(grid: OptionValue?, arms: OptionValue?, issues: inout OptionReader) -> [AblationAxis] {
    var axes: [AblationAxis] = []
    if let grid {
      if case .map(let entries) = grid.content {
        axes = entries.compactMap { axis(of: $0, issues: &issues) }
      } else {
        issues.record("must be a map from options to lists, not \(grid.kind)", at: "grid", line: grid.line)
      }
    }
    if let arms {
      if case .list(let items) = arms.content, !items.isEmpty {
        let choices = items.enumerated().compactMap { arm($1, place: "arms[\($0)]", issues: &issues) }
        axes.append(AblationAxis(key: "arms", choices: choices))
      } else {
        issues.record("must be a list of arms, each {name, set: {…}}, not \(arms.kind)", at: "arms", line: arms.line)
      }
    }
    return axes
  }

  private static func axis(of entry: OptionEntry, issues: inout OptionReader) -> AblationAxis? {
    guard case .list(let values) = entry.value.content, !values.isEmpty else {
      issues.record(
        "must be a list of at least one value, not \(entry.value.kind)", at: "grid.\(entry.key)", line: entry.value.line)
      return nil
    }
    let choices = values.enumerated().compactMap { index, value -> Choice? in
      let place = "grid.\(entry.key)[\(index)]"
      switch entry.key {
      case "rewards": return rewards(value, place: place, issues: &issues)
      case "algorithm": return algorithm(value)
      case "arm": return Choice(name: value.nameText ?? value.shortText, changes: [("arm", value)])
      default:
        let (name, value) = named(value)
        let last = entry.key.split(separator: ".").last.map(String.init) ?? entry.key
        return Choice(name: name ?? "\(last)=\(value.shortText)", changes: [(entry.key, value)])
      }
    }
    return AblationAxis(key: entry.key, choices: choices)
  }

  /// `{name: …, value: …}` taken apart; any other value has no name of its own.
  private static func named(_ value: OptionValue) -> (name: String?, value: OptionValue) {
    guard case .map(let entries) = value.content, Set(entries.map(\.key)) == ["name", "value"],
      let name = value["name"]?.nameText, let inner = value["value"]
    else { return (nil, value) }
    return (name, inner)
  }

  private static func algorithm(_ value: OptionValue) -> Choice {
    let (name, inner) = named(value)
    if case .text(let algorithm) = inner.content {
      let section = OptionValue(.map([OptionEntry(key: "algorithm", value: inner)]), line: inner.line)
      return Choice(name: name ?? algorithm, changes: [("algorithm", section)])
    }
    return Choice(name: name ?? inner["algorithm"]?.plainText ?? inner.shortText, changes: [("algorithm", inner)])
  }

  /// A file of rewards by its path, a list of rewards, or a map with `name` and `rewards`.
  private static func rewards(_ value: OptionValue, place: String, issues: inout OptionReader) -> Choice? {
    switch value.content {
    case .text(let path):
      do {
        let root = try YAMLFile(path: path).root.withoutLines
        let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return Choice(name: stem, changes: composition(root))
      } catch {
        issues.record("\(error)", at: place, line: value.line)
        return nil
      }
    case .list:
      let root = OptionValue(.map([OptionEntry(key: "rewards", value: value)]), line: value.line)
      return Choice(name: value.rewardNames.joined(separator: "-"), changes: composition(root))
    case .map(let entries):
      let known: Set = ["name", "summary", "rewards", "reward-total", "allow-unsafe"]
      for entry in entries where !known.contains(entry.key) {
        issues.record(
          "is no part of a composition; known: \(known.sorted().joined(separator: ", "))", at: "\(place).\(entry.key)")
      }
      guard let list = value["rewards"] else {
        issues.record("lacks the list `rewards`", at: place, line: value.line)
        return nil
      }
      let name = value["name"]?.nameText ?? list.rewardNames.joined(separator: "-")
      return Choice(name: name, changes: composition(value))
    default:
      issues.record("must be a file of rewards, a list of them, or {name, rewards}, not \(value.kind)", at: place)
      return nil
    }
  }

  /// All three keys of a composition, so that none of the base's stays.
  private static func composition(_ root: OptionValue) -> [Change] {
    ["rewards", "reward-total", "allow-unsafe"].map { ($0, root[$0]) }
  }

  /// `{name, set: {key.path: value}, rewards?, algorithm?}`.
  private static func arm(_ value: OptionValue, place: String, issues: inout OptionReader) -> Choice? {
    guard case .map(let entries) = value.content, let name = value["name"]?.nameText else {
      issues.record("must be a map with a name, and what it changes under `set`", at: place, line: value.line)
      return nil
    }
    var changes: [Change] = []
    for entry in entries {
      switch entry.key {
      case "name": break
      case "set": changes += Self.changes(of: entry.value, path: "\(place).set", issues: &issues)
      case "rewards": changes += rewards(entry.value, place: "\(place).rewards", issues: &issues)?.changes ?? []
      case "algorithm": changes += algorithm(entry.value).changes
      default:
        issues.record("is no part of an arm; known: name, set, rewards, algorithm", at: "\(place).\(entry.key)")
      }
    }
    return Choice(name: name, changes: changes)
  }

  /// A map from key paths to values; a map within changes what it names and leaves the rest, but an algorithm is another one whole.
  static func changes(of value: OptionValue, path: String, issues: inout OptionReader) -> [Change] {
    OptionChange.list(in: value, at: path, issues: &issues).map { ($0.path, $0.value) }
  }
}
