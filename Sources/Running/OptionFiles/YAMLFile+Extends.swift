package import Options
import Timelines

extension YAMLFile {
  /// A file with what it extends: `extends: PATH` takes all of that file, and changes what stands beside it.
  ///
  /// Maps are joined key by key, an algorithm and a list are taken whole; the other file may extend a third. Paths begin in the working
  /// folder, as all paths of an experiment do. Lines are those of the file itself: what it takes over has none. Throws where a file extends
  /// itself, where it has no name of its own, and where more than ``longestChain`` files stand behind each other.
  package init(extending path: String) throws {
    self = try Self.extended(path, chain: [])
  }

  private static let longestChain = 8

  private static func extended(_ path: String, chain: [String]) throws -> YAMLFile {
    let file = try YAMLFile(path: path)
    guard let entry = file.root["extends"] else { return file }
    func fault(_ message: String) -> ExperimentError {
      ExperimentError(file: path, issues: [OptionIssue(path: "extends", line: entry.line, message: message)])
    }
    guard case .text(let base) = entry.content else {
      throw fault("must be the path of an experiment file, not \(entry.kind)")
    }
    guard !(chain + [path]).contains(base) else {
      throw fault("names \(base), which extends this file: \((chain + [path, base]).joined(separator: " → "))")
    }
    guard chain.count < longestChain else {
      throw fault("makes a chain of more than \(longestChain) files: write one of them out")
    }
    guard file.root["name"] != nil else {
      throw fault("takes over everything but the name: give this experiment one under `name:`")
    }
    let behind = try extended(base, chain: chain + [path])
    let own = file.setting("extends", to: nil).root
    return YAMLFile(root: behind.root.withoutLines.joined(with: own), path: path)
  }
}

extension OptionValue {
  /// This value with another's in place of its own; maps are joined key by key, except an algorithm's.
  fileprivate func joined(with other: OptionValue, key: String = "") -> OptionValue {
    guard key != "algorithm", case .map(var entries) = content, case .map(let more) = other.content else { return other }
    for entry in more {
      if let index = entries.firstIndex(where: { $0.key == entry.key }) {
        entries[index].value = entries[index].value.joined(with: entry.value, key: entry.key)
      } else {
        entries.append(entry)
      }
    }
    return OptionValue(.map(entries), line: other.line)
  }

  /// Without lines: those of another file would mislead.
  package var withoutLines: OptionValue {
    switch content {
    case .list(let items): OptionValue(.list(items.map(\.withoutLines)))
    case .map(let entries):
      OptionValue(.map(entries.map { OptionEntry(key: $0.key, value: $0.value.withoutLines) }))
    default: OptionValue(content, source: source)
    }
  }
}
