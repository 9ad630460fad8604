import Options

/// One reward in a composition, with its weight and where it counts.
public struct RewardComponent: Sendable {
  /// Which tokens of a completion a score goes to.
  public enum Credit: String, Sendable, Hashable, CaseIterable {
    /// All alike.
    case completion
    /// Those of a span get the span's; see ``SpanCreditReward``.
    case span
  }

  /// Unique in the composition; names the component in logs.
  public let label: String
  public let weight: Double
  /// Short names of the tasks that it judges; empty for all.
  public let tasks: [String]
  public let gate: RewardGate
  /// Whether the score is mapped from the reward's range to 0…1; a baseline has a scale of its own.
  public let isNormalized: Bool
  /// What is subtracted for guessing; `nil` for nothing.
  public let baseline: RewardBaseline?
  /// `span` needs a reward that gives credit by span.
  public let credit: Credit
  /// As it was read; what changes during a run is in the composition.
  public let reward: any TemporalReward
  /// The reward's own options as they were read; none for a reward that was made in code.
  let options: [OptionEntry]

  public init(
    _ reward: any TemporalReward, label: String? = nil, weight: Double = 1, tasks: [String] = [], gate: RewardGate = .always,
    isNormalized: Bool = false, baseline: RewardBaseline? = nil, credit: Credit = .completion
  ) {
    self.init(
      reward, label: label, weight: weight, tasks: tasks, gate: gate, isNormalized: isNormalized, baseline: baseline,
      credit: credit, options: [])
  }

  private init(
    _ reward: any TemporalReward, label: String?, weight: Double, tasks: [String], gate: RewardGate, isNormalized: Bool,
    baseline: RewardBaseline?, credit: Credit, options: [OptionEntry]
  ) {
    precondition(credit == .completion || reward is any SpanCreditReward, "\(type(of: reward).name) gives no credit by span")
    self.reward = reward
    self.label = label ?? type(of: reward).name
    self.weight = weight
    self.tasks = tasks
    self.gate = gate
    self.isNormalized = isNormalized
    self.baseline = baseline
    self.credit = credit
    self.options = options
  }

  /// Reads the component's own keys and its reward's from one map; `nil` where no reward of that name exists.
  init?(options: inout OptionReader, catalog: RewardCatalog) {
    guard let reward = catalog.make(options: &options) else { return nil }
    let own = options.resolved.filter { $0.key != "reward" }
    let subtracts = options.contains("baseline")
    var credit: Credit = options.choice(
      "credit", default: .completion, help: "whether tokens of one interval or time get what that earned (span)")
    if credit == .span, !(reward is any SpanCreditReward) {
      let able = catalog.all.filter { $0 is any SpanCreditReward.Type }.map { $0.name }.joined(separator: ", ")
      options.record("\(type(of: reward).name) gives no credit by span; these do: \(able)", at: "credit")
      credit = .completion
    }
    self.init(
      reward,
      label: options.text("label", default: type(of: reward).name, help: "name in logs, unique"),
      weight: options.number("weight", default: 1, in: -1000...1000, help: "factor in the total; negative for a penalty"),
      tasks: options.words("tasks", default: [], help: "short names of the tasks that it judges; none for all"),
      gate: options.choice("gate", default: .always, help: "when it counts; elsewhere it scores 0"),
      isNormalized: options.flag("normalize", default: false, help: "map the reward's range to 0…1 first"),
      baseline: subtracts ? options.section("baseline") { RewardBaseline(options: &$0) } : nil, credit: credit,
      options: own)
  }

  /// Whether it judges form alone.
  var isShaping: Bool { type(of: reward).documentation.family == .shaping }

  /// The least and the greatest score, after normalisation and baseline and before the weight.
  public var range: ClosedRange<Double> {
    if let baseline { return baseline.range }
    return isNormalized ? 0...1 : reward.range
  }
}
