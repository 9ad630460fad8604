import Options

/// One reward in a composition, with its weight and where it counts.
public struct RewardComponent: RewardPart {
  /// Which tokens of a completion a score goes to.
  public enum Credit: String, Sendable, Hashable, CaseIterable {
    /// All alike.
    case completion
    /// Those of a span get the span's; see ``SpanCreditReward``.
    case span
  }

  /// Unique in the composition; names the component in logs.
  public internal(set) var label: String
  /// Factor in the total; negative for a penalty.
  public internal(set) var weight: Double
  /// Short names of the tasks that it judges; empty for all.
  package internal(set) var tasks: [String]
  /// When it counts; elsewhere it scores 0.
  package internal(set) var gate: RewardGate
  /// Whether the score is mapped from the reward's range to 0…1; a baseline has a scale of its own.
  package internal(set) var isNormalized: Bool
  /// What is subtracted for guessing; `nil` for nothing.
  package internal(set) var baseline: RewardBaseline?
  /// `span` needs a reward that gives credit by span.
  package internal(set) var credit: Credit
  /// As it was read; what changes during a run is in the composition.
  public let reward: any Reward
  /// The reward's own options: as they were read, or as its initialiser took them; none where it has no such initialiser.
  let options: [OptionEntry]

  /// Traps where `credit` is `span` and the reward gives none, and where an option of the reward lies outside its range.
  public init(
    _ reward: any Reward, label: String? = nil, weight: Double = 1, tasks: [String] = [], gate: RewardGate = .always,
    isNormalized: Bool = false, baseline: RewardBaseline? = nil, credit: Credit = .completion
  ) {
    self.init(
      reward, label: label ?? type(of: reward).name, weight: weight, tasks: tasks, gate: gate, isNormalized: isNormalized,
      baseline: baseline, credit: credit, options: Self.options(of: reward))
  }

  private init(
    _ reward: any Reward, label: String, weight: Double, tasks: [String], gate: RewardGate, isNormalized: Bool,
    baseline: RewardBaseline?, credit: Credit, options: [OptionEntry]
  ) {
    self.reward = reward
    self.label = label
    self.weight = weight
    self.tasks = tasks
    self.gate = gate
    self.isNormalized = isNormalized
    self.baseline = baseline
    self.credit = credit
    self.options = options
    _ = checked
  }

  /// Reads the component's own keys and its reward's from one map; `nil` where no reward of that name exists.
  init?(options: inout OptionReader, catalog: RewardCatalog) {
    guard let reward = catalog.make(options: &options) else { return nil }
    let own = options.resolved.filter { $0.key != "reward" }
    let subtracts = options.contains("baseline")
    let usual = RewardComponent(NoFormula())
    var credit: Credit = options.choice(
      "credit", default: usual.credit, help: "whether tokens of one interval or time get what that earned (span)")
    if credit == .span, !(reward is any SpanCreditReward) {
      let able = catalog.all.filter { $0 is any SpanCreditReward.Type }.map { $0.name }.joined(separator: ", ")
      options.record("\(type(of: reward).name) gives no credit by span; these do: \(able)", at: "credit")
      credit = .completion
    }
    self.init(
      reward,
      label: options.text("label", default: type(of: reward).name, help: "name in logs, unique"),
      weight: options.number(
        "weight", default: usual.weight, in: -1000...1000, help: "factor in the total; negative for a penalty"),
      tasks: options.words("tasks", default: usual.tasks, help: "short names of the tasks that it judges; none for all"),
      gate: options.choice("gate", default: usual.gate, help: "when it counts; elsewhere it scores 0"),
      isNormalized: options.flag("normalize", default: usual.isNormalized, help: "map the reward's range to 0…1 first"),
      baseline: subtracts ? options.section("baseline") { RewardBaseline(options: &$0) } : nil, credit: credit,
      options: own)
  }

  public var component: RewardComponent { self }

  /// Itself; traps where its reward cannot give credit as it asks.
  var checked: RewardComponent {
    precondition(credit == .completion || reward is any SpanCreditReward, "\(type(of: reward).name) gives no credit by span")
    return self
  }

  /// What a file would have to say to make the reward as it is; traps where a file may not say that.
  private static func options(of reward: any Reward) -> [OptionEntry] {
    guard let reward = reward as? any ConfigurableReward else { return [] }
    var written = OptionReader(path: type(of: reward).name)
    _ = reward.with(options: &written)
    var read = OptionReader(written.resolvedValue, path: type(of: reward).name)
    _ = reward.with(options: &read)
    let issues = read.closed().map(\.description)
    precondition(issues.isEmpty, issues.joined(separator: "\n"))
    return written.resolved
  }

  /// Whether it judges form alone.
  var isShaping: Bool { type(of: reward).documentation.family == .shaping }

  /// Whether it needs more than one answer and its question.
  var isWide: Bool { !(reward is any TemporalReward) }

  /// The least and the greatest score, after normalisation and baseline and before the weight.
  package var range: ClosedRange<Double> {
    if let baseline { return baseline.range }
    return isNormalized ? 0...1 : reward.range
  }
}
