import Options

/// Which stages look at which options of an experiment; one that differs from its default where nobody looks at it is refused.
///
/// Every option of `training`, `evaluation` and `questions` stands here, so that a new one has to say who takes it.
struct StageOptions: Sendable {
  struct Rule: Sendable {
    var path: String
    var readers: Set<ExperimentFile.Stage>
    /// What takes it, or what to set instead.
    var remedy: String

    init(_ path: String, _ readers: Set<ExperimentFile.Stage>, _ remedy: String = "") {
      self.path = path
      self.readers = readers
      self.remedy = remedy
    }
  }

  private static let all = Set(ExperimentFile.Stage.allCases)
  private static let policies: Set<ExperimentFile.Stage> = [.captions, .questions, .reinforcement]
  private static let lessons = "only lessons about questions take it"
  private static let rollouts = "only stage reinforcement takes it"

  static let rules: [Rule] = [
    Rule("training.steps", all), Rule("training.tracks", all), Rule("training.checkpoint-every", all),
    Rule("training.learning-rate", all),
    Rule("training.completions", [.reinforcement], rollouts), Rule("training.demonstrations", [.reinforcement], rollouts),
    Rule("training.temperature", [.reinforcement], rollouts), Rule("training.microbatch-groups", [.reinforcement], rollouts),
    Rule("training.drift-tolerance", [.reinforcement], rollouts),
    Rule("training.recompute-behavior", [.reinforcement], rollouts),
    Rule("training.maximum-tokens", policies, "an encoder writes no tokens"),
    Rule(
      "training.gradient-norm", [.captions, .questions],
      "stage reinforcement has algorithm.maximum-gradient-norm, stage encoder none"),
    Rule("evaluation.every", all),
    Rule("evaluation.samples", policies, "an encoder answers no questions"),
    Rule("evaluation.top-p", policies, "an encoder answers no questions"),
    Rule("evaluation.bootstrap", policies, "an encoder answers no questions"),
    Rule(
      "evaluation.training-tracks", [.encoder, .questions, .reinforcement], "captions are measured on held-out tracks alone"),
    Rule("questions.tasks", policies, "an encoder answers no questions"),
    Rule("questions.per-track", [.questions, .reinforcement], "only steps that ask questions take it"),
    Rule("questions.answers", [.questions, .reinforcement], "only lessons about questions and demonstrations take it"),
    Rule("questions.balance", [.questions], lessons), Rule("questions.letter-weight", [.questions], lessons),
    Rule("questions.time-weight", [.questions], lessons),
    Rule("questions.shift-times", [.captions, .questions], "only supervised lessons of the policy take it"),
    Rule("questions.levels", [.questions], lessons), Rule("questions.shortest-stretch", [.questions], lessons),
  ]

  let stage: ExperimentFile.Stage
  let isExternal: Bool
  let hasDemonstrations: Bool

  /// Paths of the options that differ from their defaults and change nothing, each with what to do.
  func idle(in options: OptionReader) -> [(path: String, message: String)] {
    let fallbacks = Dictionary(options.descriptions.map { ($0.key, $0.fallback) }) { first, _ in first }
    let root = options.resolvedValue
    func isGiven(_ path: String) -> Bool {
      guard let fallback = fallbacks[path] else { return false }
      let value = path.split(separator: ".").reduce(OptionValue?.some(root)) { $0?[String($1)] }
      return value.map { $0.inWords != fallback } ?? false
    }
    var rules = rules
    if stage == .encoder, !isExternal {
      let keys = fallbacks.keys.filter { $0.hasPrefix("policy.") && $0 != "policy.timeout" }.sorted()
      rules += keys.map { Rule($0, [], "it trains no policy, and its model is 'encoder'") }
    }
    if root["training"]?["learning-rate"]?["shape"]?.inWords == "constant" {
      rules += ["hold", "floor"].map { Rule("training.learning-rate.\($0)", [], "a rate of shape constant never falls") }
    }
    return rules.filter { isGiven($0.path) }.map { rule in
      (rule.path, "has no effect in stage \(stage.rawValue)\(rule.remedy.isEmpty ? "" : ": \(rule.remedy)"), leave it out")
    }
  }

  /// Those that nothing in this experiment looks at.
  private var rules: [Rule] {
    var idle = Self.rules.filter { !$0.readers.contains(stage) }
    if stage == .reinforcement, !hasDemonstrations {
      idle.append(Rule("questions.answers", [], "only demonstrations take it there and training.demonstrations is 0"))
    }
    if isExternal {
      idle.append(Rule("evaluation.training-tracks", [], "a policy in another process is measured on held-out tracks alone"))
    } else {
      idle.append(Rule("policy.timeout", [], "only a policy in another process (policy.external) takes it"))
    }
    return idle
  }
}

extension OptionValue {
  /// As defaults are described.
  fileprivate var inWords: String {
    switch content {
    case .null: ""
    case .flag(let flag): "\(flag)"
    case .number(let number): OptionValue.written(number)
    case .text(let text): text
    case .list(let items): "[\(items.map(\.inWords).joined(separator: ", "))]"
    case .map: ""
    }
  }
}
