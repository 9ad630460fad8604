import Foundation
public import Options
import Training
import Yams

/// A YAML file as option values with their lines.
public struct YAMLFile: Sendable {
  public let path: String
  public let root: OptionValue

  /// Throws where the file is missing, is no YAML, or uses what Takt's files do not need (tags, anchors across documents).
  public init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: path, message: "there is no such file, or it cannot be read")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw FileError(path: path, message: "is not UTF-8 text")
    }
    try self.init(text: text, path: path)
  }

  public init(text: String, path: String) throws {
    self.path = path
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw FileError(path: path, message: "is empty; `takt list` names the experiments to start from")
      }
      root = Self.value(of: node)
    } catch let error as YamlError {
      throw FileError(path: path, message: "is not valid YAML: \(error)")
    }
  }

  init(root: OptionValue, path: String) {
    self.root = root
    self.path = path
  }

  private static func value(of node: Node) -> OptionValue {
    let line = node.mark?.line
    switch node {
    case .scalar(let scalar):
      return OptionValue(content(of: node, scalar), line: line)
    case .sequence(let sequence):
      return OptionValue(.list(sequence.map { value(of: $0) }), line: line)
    case .mapping(let mapping):
      return OptionValue(
        .map(
          mapping.map { key, entry in
            var entryValue = value(of: entry)
            entryValue.line = key.mark?.line ?? entryValue.line
            return OptionEntry(key: key.scalar?.string ?? "", value: entryValue)
          }), line: line)
    case .alias:
      return OptionValue(.null, line: line)
    }
  }

  private static func content(of node: Node, _ scalar: Node.Scalar) -> OptionValue.Content {
    guard scalar.style == .any || scalar.style == .plain else { return .text(scalar.string) }
    if node.null != nil { return .null }
    if let flag = node.bool { return .flag(flag) }
    if let number = node.float, number.isFinite { return .number(number) }
    return .text(scalar.string)
  }
}

extension OptionValue {
  /// As YAML, keys in order: what `resolved.yaml` holds.
  public func yaml(indent: Int = 0) -> String {
    let margin = String(repeating: "  ", count: indent)
    switch content {
    case .map(let entries) where entries.isEmpty: return "{}\n"
    case .list(let items) where items.isEmpty: return "[]\n"
    case .map(let entries):
      return entries.map { "\(margin)\($0.key):" + $0.value.nestedYAML(indent: indent + 1) }.joined()
    case .list(let items):
      return items.map { item in
        let block = item.yaml(indent: indent + 1)
        return item.isLeaf ? "\(margin)- \(block)" : "\(margin)- " + block.dropFirst(2 * (indent + 1))
      }.joined()
    default: return leaf + "\n"
    }
  }

  private var isLeaf: Bool {
    switch content {
    case .map(let entries): entries.isEmpty
    case .list(let items): items.isEmpty
    default: true
    }
  }

  private func nestedYAML(indent: Int) -> String {
    isLeaf ? " " + yaml(indent: indent) : "\n" + yaml(indent: indent)
  }

  private var leaf: String {
    switch content {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .number(let number): Self.written(number)
    case .text(let text): Self.isPlain(text) ? text : "\"\(Self.escaped(text))\""
    case .list, .map: ""
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, CharacterSet.letters.contains(first) else { return false }
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_./"))
    return text.unicodeScalars.allSatisfy(plain.contains)
      && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
  }

  private static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
      .replacingOccurrences(of: "\n", with: "\\n").replacingOccurrences(of: "\t", with: "\\t")
  }
}
