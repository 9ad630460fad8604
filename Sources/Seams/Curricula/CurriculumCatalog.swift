public import Options
public import Training

/// The curricula that an experiment may name under `curriculum:`.
public typealias CurriculumCatalog = Catalog<any Curriculum.Type, any Curriculum>

extension CurriculumCatalog {
  /// None.
  public init() {
    self.init(
      "curriculum", plural: "curricula", name: { $0.name }, summary: { $0.summary }, make: { $0.init(options: &$1) })
  }

  /// Every curriculum that ships with Takt.
  public static var builtIn: CurriculumCatalog { builtInCurricula }
}

/// Add a line here for a new file beside this one.
private let builtInCurricula = CurriculumCatalog().listing([
  RewardOption.self,
  RolloutSpread.self,
  TaskMix.self,
])
