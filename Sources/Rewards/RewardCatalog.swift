public import Options

/// The rewards that an experiment may name.
public struct RewardCatalog: Sendable {
  /// In the order in which they were listed.
  public let types: [any TemporalReward.Type]

  /// Traps where two rewards have one name.
  public init(_ types: [any TemporalReward.Type]) {
    var names: Set<String> = []
    for type in types {
      precondition(names.insert(type.name).inserted, "two rewards are named '\(type.name)'")
    }
    self.types = types
  }

  /// This catalogue with more rewards, such as those of another package.
  public func adding(_ more: [any TemporalReward.Type]) -> RewardCatalog {
    RewardCatalog(types + more)
  }

  public var names: [String] { types.map { $0.name } }

  public subscript(name: String) -> (any TemporalReward.Type)? { types.first { $0.name == name } }

  /// The reward that the key `reward` names, with its options from the same map; an unknown name is recorded.
  public func make(options: inout OptionReader) -> (any TemporalReward)? {
    let name = options.text("reward", help: "name in the catalogue; `takt rewards` lists them")
    guard let type = self[name] else {
      options.recordUnknown("reward", name: name, known: names, at: "reward")
      return nil
    }
    return type.init(options: &options)
  }
}
