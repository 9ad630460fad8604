public import Options
public import Questions

/// A weighted composition of rewards, as an experiment file states it.
///
///     rewards:
///       - {reward: onset-error, scale: 15, tasks: [tsg]}
///       - {reward: soft-f1, sigma: 15, tasks: [mtr]}
///       - {reward: out-of-track, weight: -0.5}
///       - {reward: unreadable, weight: -1}
///
/// The total of an answer is Σ wᵢ·rᵢ over the components that apply to its question. It is `nil` where none applies that tells
/// right from wrong: penalties alone judge nothing.
public struct RewardSpec: Sendable {
  public let components: [RewardComponent]
  /// The rewards of the components, apart from their labels: scoring copies them, and labels are dear to copy.
  private var rewards: [any TemporalReward]
  private let terms: [Term]
  /// Whether any component tells right from wrong; where none does, the shaping terms alone make the total.
  private let judgesContent: Bool

  /// Traps where two components have one label.
  public init(_ components: [RewardComponent]) {
    let labels = components.map(\.label)
    precondition(Set(labels).count == labels.count, "two components of a reward have one label: \(labels)")
    self.components = components
    rewards = components.map(\.reward)
    terms = components.map(Term.init)
    judgesContent = components.contains { !$0.isShaping }
  }

  /// Reads the key `rewards`; what is wrong is recorded.
  public init(options: inout OptionReader, catalog: RewardCatalog) {
    var labels: Set<String> = []
    let components = options.sections("rewards") { section -> RewardComponent? in
      guard let component = RewardComponent(options: &section, catalog: catalog) else { return nil }
      guard labels.insert(component.label).inserted else {
        section.record("'\(component.label)' names two rewards: give each a label of its own", at: "label")
        return nil
      }
      return component
    }
    if components.isEmpty { options.record("is empty: name at least one reward", at: "rewards") }
    self.init(components.compactMap { $0 })
  }

  public var labels: [String] { components.map(\.label) }

  public var weights: [Double] { components.map(\.weight) }

  /// The score of every component, and their weighted sum.
  public func judge(_ reading: Reading, in response: Response, to question: Question) -> Judgement {
    var judgement = Judgement()
    judge(reading, in: response, to: question, into: &judgement)
    return judgement
  }

  /// The same into a judgement whose storage is used again, for those who judge millions.
  public func judge(_ reading: Reading, in response: Response, to question: Question, into judgement: inout Judgement) {
    if judgement.components.count != components.count {
      judgement.components = Array(repeating: nil, count: components.count)
    }
    var sum = 0.0
    var applies = false
    for index in terms.indices {
      let score = score(index, reading, in: response, to: question)
      judgement.components[index] = score
      guard let score else { continue }
      sum += terms[index].weight * score
      if !terms[index].isShaping || !judgesContent { applies = true }
    }
    judgement.total = applies ? sum : nil
  }

  /// The score of component `index` before its weight; `nil` where it does not apply.
  private func score(_ index: Int, _ reading: Reading, in response: Response, to question: Question) -> Double? {
    let term = terms[index]
    guard term.isForAllTasks || components[index].tasks.contains(question.task) else { return nil }
    guard let score = rewards[index].score(reading, in: response, to: question) else { return nil }
    return term.gate == .always || term.gate.isOpen(to: reading, of: question) ? score : 0
  }

  /// What scoring needs of a component beside its reward.
  private struct Term: Sendable {
    var weight: Double
    var gate: RewardGate
    var isShaping: Bool
    var isForAllTasks: Bool

    init(_ component: RewardComponent) {
      weight = component.weight
      gate = component.gate
      isShaping = component.isShaping
      isForAllTasks = component.tasks.isEmpty
    }
  }
}
