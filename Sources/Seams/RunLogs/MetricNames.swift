/// The names that a run may log: those of ``MetricCatalog``, with what is known of the parts in angle brackets.
public struct MetricNames: Sendable, Hashable {
  /// Templates such as `reward/<label>/mean`, where a part in angle brackets stands for any name.
  package let templates: [String]

  /// `values` are all names that a part of `evaluation/` and `training/` may have, such as `["<decoding>": ["greedy"]]`; a part without
  /// any stands for every name.
  public init(values: [String: [String]] = [:]) {
    templates = MetricCatalog.all.map(\.name).flatMap { name -> [String] in
      guard ["evaluation/<task>/", "training/<task>/"].contains(where: name.hasPrefix) else { return [name] }
      return values.sorted { $0.key < $1.key }.reduce([name]) { names, part in
        names.flatMap { name in part.value.map { name.replacing(part.key, with: $0) } }
      }
    }
  }

  private init(templates: [String]) { self.templates = templates }

  /// Those of evaluations.
  package var evaluations: MetricNames {
    MetricNames(templates: templates.filter { $0.hasPrefix("evaluation/") || $0.hasPrefix("training/") })
  }

  /// Whether some name fits a pattern, in which `*` stands for any characters.
  package func fit(_ pattern: String) -> Bool { templates.contains { Self.meet(pattern, $0) } }

  /// What is wrong with a pattern that no name fits, with the closest ones; `nil` where one does.
  package func complaint(about pattern: String) -> String? {
    guard !fit(pattern) else { return nil }
    let known = closest(to: pattern).map { "'\($0)'" }.joined(separator: ", ")
    return "is no name that a run logs: '\(pattern)'; closest: \(known). docs/metrics.md lists all"
  }

  private func closest(to name: String) -> [String] {
    let ranked = templates.enumerated().map { (Self.distance(name, $0.element), $0.offset, $0.element) }
    return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(3).map(\.2)
  }

  private enum Symbol: Hashable {
    case character(Character)
    /// Any characters, or those of one part of a name.
    case run(crossesSlashes: Bool)
    /// A character that is no slash.
    case one
  }

  /// Whether some name has the form of both, the pattern's `*` and the template's `<…>`.
  private static func meet(_ pattern: String, _ template: String) -> Bool {
    let first = pattern.map { $0 == "*" ? Symbol.run(crossesSlashes: true) : .character($0) }
    let second = template.split(separator: "/").map { part -> [Symbol] in
      part.hasPrefix("<") ? [.one, .run(crossesSlashes: false)] : part.map { .character($0) }
    }.joined(separator: [.character("/")])
    let names = Array(second)
    // reachable[j]: what was read of the pattern can end where j symbols of the template do.
    var reachable = closure([true] + [Bool](repeating: false, count: names.count), names, isRun: false)
    for symbol in first {
      var next = [Bool](repeating: false, count: names.count + 1)
      if case .run = symbol {
        next = closure(reachable, names, isRun: true)
      } else if case .character(let character) = symbol {
        for index in names.indices where reachable[index] {
          switch names[index] {
          case .character(let other): if other == character { next[index + 1] = true }
          case .one: if character != "/" { next[index + 1] = true }
          case .run: if character != "/" { next[index] = true }
          }
        }
        next = closure(next, names, isRun: false)
      }
      reachable = next
    }
    return reachable[names.count]
  }

  /// Adds what is reached without reading: past a run of the template, and past anything within a run of the pattern.
  private static func closure(_ reachable: [Bool], _ names: [Symbol], isRun: Bool) -> [Bool] {
    var all = reachable
    for index in names.indices where all[index] {
      if isRun { all[index + 1] = true } else if case .run = names[index] { all[index + 1] = true }
    }
    return all
  }

  /// Insertions, deletions and replacements between two texts.
  private static func distance(_ first: String, _ second: String) -> Int {
    let other = Array(second)
    var row = Array(0...other.count)
    for (index, character) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let replaced = diagonal + (other[column] == character ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
