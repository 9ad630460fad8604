public import Options

/// The logs that an experiment may name under `log:`.
public typealias LogCatalog = Catalog<any LogRecipe.Type, any LogRecipe>

extension LogCatalog {
  /// None.
  package init() {
    self.init("log", plural: "sinks", key: "sink", name: { $0.name }, summary: { $0.summary }, make: { $0.init(options: &$1) })
  }
}
