public import Options

/// The algorithms that an experiment may name.
public typealias AlgorithmCatalog = Catalog<any Algorithm.Type, any Algorithm>

extension AlgorithmCatalog {
  /// None.
  public init() {
    self.init("algorithm", name: { $0.name }, summary: { $0.summary }, make: { $0.init(options: &$1) })
  }

  /// Every algorithm that ships with Takt.
  public static var builtIn: AlgorithmCatalog { builtInAlgorithms }
}

/// Add a line here for a new file beside this one.
private let builtInAlgorithms = AlgorithmCatalog().listing([
  GRPO.self, DrGRPO.self, DAPO.self, PPO.self, REINFORCE.self, ReinforcePlusPlus.self, RLOO.self, ReMax.self, GSPO.self,
  LUSPO.self, CISPO.self, SAPO.self, GMPO.self, DPPO.self, VESPO.self, OPO.self, GPG.self, PassAtK.self, MaxRL.self,
  GDPO.self,
])
