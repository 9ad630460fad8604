/// One number that a run logs.
public struct Metric: Sendable, Hashable {
  /// Namespace and name, such as `reward/mean`; a part in angle brackets stands for any name: `reward/<label>/mean`.
  public var name: String
  /// What is computed, in the symbols of ``MetricCatalog/symbols``.
  public var formula: String
  /// Unit of the value; `1` for a plain number.
  public var unit: String

  public init(_ name: String, _ formula: String, unit: String) {
    self.name = name
    self.formula = formula
    self.unit = unit
  }

  /// Whether this is the metric that a log calls `concrete`.
  package func matches(_ concrete: String) -> Bool {
    let pattern = name.split(separator: "/", omittingEmptySubsequences: false)
    let parts = concrete.split(separator: "/", omittingEmptySubsequences: false)
    guard pattern.count == parts.count else { return false }
    return zip(pattern, parts).allSatisfy { expected, part in
      expected.hasPrefix("<") && expected.hasSuffix(">") ? !part.isEmpty : expected == part
    }
  }
}
