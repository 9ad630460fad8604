import Options

/// One reward in a composition, with its weight and where it counts.
public struct RewardComponent: Sendable {
  /// Unique in the composition; names the component in logs.
  public let label: String
  public let weight: Double
  /// Short names of the tasks that it judges; empty for all.
  public let tasks: [String]
  public let gate: RewardGate
  public let reward: any TemporalReward
  let isShaping: Bool

  public init(
    _ reward: any TemporalReward, label: String? = nil, weight: Double = 1, tasks: [String] = [], gate: RewardGate = .always
  ) {
    self.reward = reward
    self.label = label ?? type(of: reward).name
    self.weight = weight
    self.tasks = tasks
    self.gate = gate
    isShaping = type(of: reward).documentation.family == .shaping
  }

  /// Reads the component's own keys and its reward's from one map; `nil` where no reward of that name exists.
  init?(options: inout OptionReader, catalog: RewardCatalog) {
    guard let reward = catalog.make(options: &options) else { return nil }
    self.init(
      reward,
      label: options.text("label", default: type(of: reward).name, help: "name in logs, unique"),
      weight: options.number("weight", default: 1, in: -1000...1000, help: "factor in the total; negative for a penalty"),
      tasks: options.words("tasks", default: [], help: "short names of the tasks that it judges; none for all"),
      gate: options.choice("gate", default: .always, help: "when it counts; elsewhere it scores 0"))
  }
}
