package import Options

extension OptionValue {
  /// The value of a key of a map.
  package subscript(key: String) -> OptionValue? {
    guard case .map(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// A text or a number as text.
  package var plainText: String? {
    switch content {
    case .text(let text): text
    case .number(let number): OptionValue.written(number)
    case .flag(let flag): "\(flag)"
    default: nil
    }
  }

  /// A text, a number or a flag as its file writes it: what something is named.
  package var nameText: String? { writtenText ?? source ?? plainText }

  /// Words for any value, for names.
  package var shortText: String {
    plainText ?? leaves.map(\.value).joined(separator: "-")
  }

  /// Labels of a list of rewards, each once.
  package var rewardNames: [String] {
    guard case .list(let items) = content else { return [] }
    var seen: [String: Int] = [:]
    return items.map { item in
      let name = item["label"]?.nameText ?? item["reward"]?.plainText ?? "reward"
      seen[name, default: 0] += 1
      return seen[name] == 1 ? name : "\(name)-\(seen[name] ?? 0)"
    }
  }
}
