import Files
import Foundation
package import Options
import Timelines
import Yams

/// A YAML file as option values with their lines.
public struct YAMLFile: Sendable {
  package let path: String
  package let root: OptionValue

  /// Throws where the file is missing, is no YAML, or uses what Takt's files do not need (tags, anchors across documents).
  package init(path: String) throws {
    guard let text = String(validating: try OutsideFile.bytes(of: path, atMost: InputLimit.yamlBytes), as: UTF8.self) else {
      throw FileError(path: path, message: "is not UTF-8 text")
    }
    try self.init(text: text, path: path)
  }

  package init(text: String, path: String) throws {
    self.path = path
    guard text.utf8.count <= InputLimit.yamlBytes else {
      throw FileError(path: path, message: "has \(text.utf8.count) bytes; at most \(InputLimit.yamlBytes) are read")
    }
    do {
      try Self.refuseExpandingKeys(text, path: path)
      guard let node = try Yams.compose(yaml: text) else {
        throw FileError(path: path, message: "is empty; `takt list` names the experiments to start from")
      }
      var conversion = Conversion(path: path)
      root = try conversion.value(of: node, depth: 0)
    } catch let error as YamlError {
      throw FileError(path: path, message: "is not valid YAML: \(error)")
    }
  }

  package init(root: OptionValue, path: String) {
    self.root = root
    self.path = path
  }

  /// Keys that hold aliases are expanded by the parser already, as it looks for one that comes twice: such a file may never be read.
  private static func refuseExpandingKeys(_ text: String, path: String) throws {
    guard text.utf8.lazy.filter({ $0 == UInt8(ascii: "*") }).prefix(fewAliases).count == fewAliases else { return }
    let key = /(?m)\*[^\s,\[\]{}]+\s+:(\s|$)|[\]}]\s*:(\s|$)|(^|[\s,{\[])\?\s/
    guard let found = text.firstMatch(of: key) else { return }
    let start = text[found.range].firstIndex { !$0.isWhitespace } ?? found.range.lowerBound
    let line = text[..<start].utf8.count { $0 == UInt8(ascii: "\n") } + 1
    throw FileError(
      path: path, message: "line \(line): a key that is more than a word is not read in a file with aliases: write the key out")
  }

  /// So few aliases make no file large.
  private static let fewAliases = 8
}

/// Nodes as option values, counted: aliases may expand to more than any memory holds.
private struct Conversion {
  let path: String
  private var left = InputLimit.yamlValues
  /// Where the entry of the file stands that is converted: what an alias expands to has the lines of its anchor.
  private var place: Int?

  init(path: String) { self.path = path }

  mutating func value(of node: Node, depth: Int) throws -> OptionValue {
    let line = node.mark?.line
    left -= 1
    guard left >= 0 else {
      throw fault(
        place ?? line, "holds more than \(InputLimit.yamlValues) values, its aliases expanded: write less, or fewer aliases")
    }
    guard depth <= InputLimit.yamlDepth else { throw fault(line, "is nested more than \(InputLimit.yamlDepth) deep") }
    switch node {
    case .scalar(let scalar):
      let content = Self.content(of: node, scalar)
      if case .text = content { return OptionValue(content, line: line) }
      return OptionValue(content, line: line, source: scalar.string)
    case .sequence(let sequence):
      return OptionValue(.list(try sequence.map { try value(of: $0, depth: depth + 1) }), line: line)
    case .mapping(let mapping):
      return OptionValue(
        .map(
          try mapping.map { key, entry in
            guard let name = key.scalar?.string else { throw fault(key.mark?.line ?? line, "has a key that is no word") }
            if depth == 0 { place = key.mark?.line }
            var entryValue = try value(of: entry, depth: depth + 1)
            entryValue.line = key.mark?.line ?? entryValue.line
            return OptionEntry(key: name, value: entryValue)
          }), line: line)
    case .alias:
      return OptionValue(.null, line: line)
    }
  }

  private func fault(_ line: Int?, _ message: String) -> FileError {
    FileError(path: path, message: (line.map { "line \($0): " } ?? "") + message)
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
  package func yaml(indent: Int = 0) -> String {
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

  /// With everything escaped that a quoted text of YAML may not hold as it is.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _
      where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || [0x2028, 0x2029, 0xFEFF].contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
