package import Options

/// One option in which two experiments differ, in words for a person.
package struct OptionDifference: Hashable, CustomStringConvertible {
  package var path: String
  package var first: String?
  package var second: String?

  package var description: String { "\(path): \(first ?? "–") → \(second ?? "–")" }

  /// In the order of the first experiment, then what only the second has.
  ///
  /// Components of a reward are told by their labels; one that only one of the two has is one difference, with its weight.
  package static func between(_ first: OptionValue, _ second: OptionValue) -> [OptionDifference] {
    let theirs = labelled(first)
    let ours = labelled(second)
    let components = (labels(first), labels(second))
    let old = Dictionary(theirs.map { ($0.name, $0.value) }) { first, _ in first }
    let new = Dictionary(ours.map { ($0.name, $0.value) }) { first, _ in first }
    let paths = theirs.map(\.name) + ours.map(\.name).filter { old[$0] == nil }
    return paths.filter { old[$0] != new[$0] }.compactMap { path in
      if let label = (components.0.union(components.1)).first(where: { path.hasPrefix("rewards.\($0).") }),
        !(components.0.contains(label) && components.1.contains(label))
      {
        guard path == "rewards.\(label).weight" else { return nil }
        return OptionDifference(
          path: "rewards.\(label)", first: old[path].map { "weight \($0)" }, second: new[path].map { "weight \($0)" })
      }
      return OptionDifference(path: path, first: old[path], second: new[path])
    }
  }

  /// The leaves with `rewards.LABEL.…` in place of `rewards.0.…`.
  private static func labelled(_ value: OptionValue) -> [(name: String, value: String)] {
    guard case .map(var entries) = value.content, let place = entries.firstIndex(where: { $0.key == "rewards" }),
      case .list(let items) = entries[place].value.content
    else { return value.leaves }
    let names = entries[place].value.rewardNames
    entries[place].value = OptionValue(.map(zip(names, items).map { OptionEntry(key: $0, value: $1) }))
    return OptionValue(.map(entries)).leaves
  }

  private static func labels(_ value: OptionValue) -> Set<String> { Set(value["rewards"]?.rewardNames ?? []) }
}
