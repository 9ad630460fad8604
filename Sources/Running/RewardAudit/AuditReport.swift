import Numbers
import Questions

/// What the audit found on all kinds of question.
public struct AuditReport: Sendable {
  public var kinds: [KindAudit]
  package var options: AuditOptions
  /// What was wrong with the composition and was allowed in its file.
  public var warnings: [String]
  /// What the baselines of the composition stand on; `nil` where it has none.
  package var baselines: String?

  /// Whether any threshold or property is broken.
  public var isExploitable: Bool { kinds.contains { !$0.violations.isEmpty } }

  /// The kind on which blind answers earn most beside honest ones; `nil` where the composition judges none of the questions.
  public var worst: KindAudit? {
    kinds.max { ($0.ratio ?? .infinity) < ($1.ratio ?? .infinity) }
  }
}

/// Keys as in `takt rewards audit --json`: `policies`, `bestBlind`, `honest15`, `ratio`, `spearman`, `tiedGroups`, `violations` of the worst
/// kind, and the same for each kind under `kinds`. What is no finite number is `null`.
extension AuditReport: Encodable {
  private enum CodingKeys: String, CodingKey { case kinds, exploitable, warnings, baselines, thresholds, violations }

  private struct Thresholds: Encodable {
    var maxRatio: Double
    var minSpearman: Double
    var maxConstant: Double
    var maxTied: Double
    var seed: UInt64
  }

  public func encode(to encoder: any Encoder) throws {
    try worst?.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Dictionary(uniqueKeysWithValues: kinds.map { ($0.kind.rawValue, $0) }), forKey: .kinds)
    try container.encode(isExploitable, forKey: .exploitable)
    try container.encode(warnings, forKey: .warnings)
    try container.encode(baselines, forKey: .baselines)
    try container.encode(kinds.flatMap(\.violations), forKey: .violations)
    try container.encode(
      Thresholds(
        maxRatio: options.maxRatio, minSpearman: options.minSpearman, maxConstant: options.maxConstant,
        maxTied: options.maxTied, seed: options.seed),
      forKey: .thresholds)
  }
}

extension KindAudit: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind, questions, metric, policies, metrics, roles, readable, bestBlind, bestBlindPolicy, honest15, ratio, spearman,
      tiedGroups, groups, violations, yardstick, notes
  }

  private struct Group: Encodable {
    var mean: Double?
    var deviation: Double?
    var tied: Double
  }

  public func encode(to encoder: any Encoder) throws {
    func table<Value>(_ value: (Policy) -> Value) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: policies.map { ($0.name, value($0)) })
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind.rawValue, forKey: .kind)
    try container.encode(questionCount, forKey: .questions)
    try container.encode(metric, forKey: .metric)
    try container.encode(table { Self.finite($0.mean) }, forKey: .policies)
    try container.encode(table { $0.metric }, forKey: .metrics)
    try container.encode(table { $0.role.rawValue }, forKey: .roles)
    try container.encode(table { $0.readable }, forKey: .readable)
    try container.encode(Self.finite(bestBlind?.mean), forKey: .bestBlind)
    try container.encode(bestBlind?.name, forKey: .bestBlindPolicy)
    try container.encode(Self.finite(honest15), forKey: .honest15)
    try container.encode(ratio, forKey: .ratio)
    try container.encode(spearman, forKey: .spearman)
    try container.encode(tiedGroups, forKey: .tiedGroups)
    let groups = spreads.map { spread in
      (
        "noise-\(Int(saturating: spread.noise))",
        Group(mean: Self.finite(spread.mean), deviation: Self.finite(spread.deviation), tied: spread.tied)
      )
    }
    try container.encode(Dictionary(uniqueKeysWithValues: groups), forKey: .groups)
    try container.encode(violations, forKey: .violations)
    try container.encode(yardstick, forKey: .yardstick)
    try container.encode(notes, forKey: .notes)
  }

  private static func finite(_ number: Double?) -> Double? { number.flatMap { $0.isFinite ? $0 : nil } }
}
