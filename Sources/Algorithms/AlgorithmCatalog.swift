public import Options

/// The algorithms that an experiment may name.
public enum AlgorithmCatalog {
  /// Add a line here for a new file beside this one.
  public static let all: [any Algorithm.Type] = [
    GRPO.self, DrGRPO.self, DAPO.self, PPO.self, REINFORCE.self, ReinforcePlusPlus.self, RLOO.self, ReMax.self, GSPO.self,
    LUSPO.self, CISPO.self, SAPO.self, GMPO.self, DPPO.self, VESPO.self, OPO.self, GPG.self, PassAtK.self, MaxRL.self,
    GDPO.self,
  ]

  public static subscript(name: String) -> (any Algorithm.Type)? { all.first { $0.name == name } }

  /// The algorithm that the key `algorithm` names, with its options from the same map; an unknown name is recorded.
  public static func make(options: inout OptionReader) -> (any Algorithm)? {
    let name = options.text("algorithm", help: "name in the catalogue; `takt algorithms` lists them")
    guard let type = self[name] else {
      options.recordUnknown("algorithm", name: name, known: all.map { $0.name }, at: "algorithm")
      return nil
    }
    return type.init(options: &options)
  }
}
