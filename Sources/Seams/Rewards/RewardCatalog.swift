public import Options

/// The rewards that an experiment may name.
public typealias RewardCatalog = Catalog<any Reward.Type, any Reward>

extension RewardCatalog {
  /// None.
  public init() {
    self.init("reward", name: { $0.name }, summary: { $0.documentation.summary }, make: { $0.init(options: &$1) })
  }
}
