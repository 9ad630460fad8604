import Options

extension YAMLFile {
  /// This file with values replaced, each written `key.path=value` as on the command line.
  public func overridden(by assignments: [String]) throws -> YAMLFile {
    var root = root
    for assignment in assignments {
      guard let split = assignment.firstIndex(of: "=") else {
        throw OptionError([OptionIssue(path: assignment, line: nil, message: "must be written key.path=value")])
      }
      let keys = assignment[..<split].split(separator: ".").map(String.init)
      let value = try YAMLFile(text: String(assignment[assignment.index(after: split)...]), path: "--set \(assignment)").root
      root = Self.replacing(root, keys: keys[...], by: value)
    }
    return YAMLFile(root: root, path: path)
  }

  /// This file with one value replaced; `nil` takes its key away.
  func setting(_ path: String, to value: OptionValue?) -> YAMLFile {
    let keys = path.split(separator: ".").map(String.init)
    guard let value else { return YAMLFile(root: Self.removing(root, keys: keys[...]), path: self.path) }
    return YAMLFile(root: Self.replacing(root, keys: keys[...], by: value), path: self.path)
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

  private static func replacing(_ node: OptionValue, keys: ArraySlice<String>, by value: OptionValue) -> OptionValue {
    guard let key = keys.first else { return OptionValue(value.content) }
    if case .list(var items) = node.content, let index = Int(key), items.indices.contains(index) {
      items[index] = replacing(items[index], keys: keys.dropFirst(), by: value)
      return OptionValue(.list(items), line: node.line)
    }
    var entries: [OptionEntry] = []
    if case .map(let existing) = node.content { entries = existing }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = replacing(entries[index].value, keys: keys.dropFirst(), by: value)
    } else {
      entries.append(OptionEntry(key: key, value: replacing(.emptyMap, keys: keys.dropFirst(), by: value)))
    }
    return OptionValue(.map(entries), line: node.line)
  }
}
