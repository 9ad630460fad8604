import Options

extension OptionValue.Content {
  /// A value of a golden file as an experiment file would write it; everything in it counts as read.
  init(_ json: JSON) {
    switch json.content {
    case .number: self = .number(json.double)
    case .text: self = .text(json.text)
    case .flag: self = .flag(json.bool)
    case .list: self = .list(json.list.map { OptionValue(Self($0)) })
    case .null:
      _ = json.isNull
      self = .null
    case .map: self = .map(json.keys.map { OptionEntry(key: $0, value: OptionValue(Self(json[$0]))) })
    }
  }
}

extension JSON {
  /// Options of an algorithm by name.
  var options: [String: OptionValue.Content] {
    Dictionary(uniqueKeysWithValues: keys.map { ($0, OptionValue.Content(self[$0])) })
  }
}
