package import Options
import Timelines

extension YAMLFile {
  /// This file with values replaced, each written `key.path=value` as on the command line.
  package func overridden(by assignments: [String]) throws -> YAMLFile {
    var root = root
    for assignment in assignments {
      guard let split = assignment.firstIndex(of: "=") else {
        throw OptionError([OptionIssue(path: assignment, line: nil, message: "must be written key.path=value")])
      }
      let keys = Self.keys(assignment[..<split])
      let text = String(assignment[assignment.index(after: split)...])
      // As `key:` with nothing after it.
      let value =
        text.allSatisfy(\.isWhitespace) ? OptionValue(.null) : try YAMLFile(text: text, path: "--set \(assignment)").root
      root = Self.replacing(root, keys: keys[...], by: value)
    }
    return YAMLFile(root: root, path: path)
  }

  /// This file with one value replaced; `nil` takes its key away.
  ///
  /// - Parameter keepsLines: whether the value stands in this file, and issues name its lines.
  package func setting(_ path: String, to value: OptionValue?, keepsLines: Bool = false) -> YAMLFile {
    let keys = Self.keys(path)
    guard let value else { return YAMLFile(root: Self.removing(root, keys: keys[...]), path: self.path) }
    return YAMLFile(root: Self.replacing(root, keys: keys[...], by: value, keepsLines: keepsLines), path: self.path)
  }

  /// A path's keys; one that is too long ends early, and names no option then.
  private static func keys(_ path: some StringProtocol) -> [String] {
    path.split(separator: ".").prefix(InputLimit.yamlDepth).map { String($0) }
  }

  private static func removing(_ node: OptionValue, keys: ArraySlice<String>) -> OptionValue {
    guard let key = keys.first, case .map(var entries) = node.content,
      let index = entries.firstIndex(where: { $0.key == key })
    else { return node }
    if keys.count == 1 {
      entries.remove(at: index)
    } else {
      entries[index].value = removing(entries[index].value, keys: keys.dropFirst())
    }
    return OptionValue(.map(entries), line: node.line)
  }

  private static func replacing(
    _ node: OptionValue, keys: ArraySlice<String>, by value: OptionValue, keepsLines: Bool = false
  ) -> OptionValue {
    guard let key = keys.first else { return keepsLines ? value : OptionValue(value.content, source: value.source) }
    func replaced(_ inner: OptionValue) -> OptionValue {
      replacing(inner, keys: keys.dropFirst(), by: value, keepsLines: keepsLines)
    }
    if case .list(var items) = node.content, let index = Int(key), items.indices.contains(index) {
      items[index] = replaced(items[index])
      return OptionValue(.list(items), line: node.line)
    }
    var entries: [OptionEntry] = []
    if case .map(let existing) = node.content { entries = existing }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = replaced(entries[index].value)
    } else {
      entries.append(OptionEntry(key: key, value: replaced(.emptyMap)))
    }
    return OptionValue(.map(entries), line: node.line)
  }
}
