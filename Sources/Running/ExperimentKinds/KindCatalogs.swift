public import Options
import Tracks

/// The stages that `stage:` may name.
public typealias StageCatalog = Catalog<any StageKind.Type, Void>

extension StageCatalog {
  /// None.
  ///
  /// - Parameter plugins: What a stage may name while its options are listed.
  package init(listedWith plugins: @escaping @Sendable () -> Plugins) {
    self.init("stage", name: { $0.name }, summary: { $0.summary }) { _ = $0.init(options: &$1, plugins: plugins()) }
  }

  /// What a file means that names none: the first that learns from rewards.
  package var usual: any StageKind.Type { all.first { $0.needs.features.contains(.reinforcement) } ?? all[0] }
}

/// The kinds that `policy: {kind: …}` may name; the first is what a file means that names none.
public typealias PolicyCatalog = Catalog<any PolicyKind.Type, any PolicyKind>

extension PolicyCatalog {
  /// None.
  package init() {
    self.init("policy kind", plural: "policies", key: "kind", name: { $0.name }, summary: { $0.summary }) { kind, options in
      var start = OptionReader()
      return kind.init(options: &options, start: &start, for: StageNeeds())
    }
  }
}
