package import Options

/// One change of an experiment: a key path with its new value; `nil` takes the key away, so that its default holds.
package struct OptionChange: Sendable, Hashable {
  package var path: String
  package var value: OptionValue?

  package var keys: [String] { path.split(separator: ".").map(String.init) }

  package init(path: String, value: OptionValue? = nil) {
    self.path = path
    self.value = value
  }

  /// Those of a map from key paths to values: a map within changes what it names and leaves the rest, but an algorithm is another one whole,
  /// and `null` takes a key away.
  package static func list(in value: OptionValue, at place: String, issues: inout OptionReader) -> [OptionChange] {
    guard case .map(let entries) = value.content else {
      issues.record("must be a map from key paths to values, not \(value.kind)", at: place, line: value.line)
      return []
    }
    return entries.flatMap { entry -> [OptionChange] in
      switch entry.value.content {
      case .map(let inner) where entry.key != "algorithm" && !inner.isEmpty:
        list(in: entry.value, at: place, issues: &issues).map { OptionChange(path: "\(entry.key).\($0.path)", value: $0.value) }
      case .null: [OptionChange(path: entry.key, value: nil)]
      default: [OptionChange(path: entry.key, value: entry.value)]
      }
    }
  }
}
