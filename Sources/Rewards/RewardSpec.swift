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
  public private(set) var components: [RewardComponent]
  /// Whether any component tells right from wrong; where none does, the shaping terms alone make the total.
  private let judgesContent: Bool

  /// Traps where two components have one label.
  public init(_ components: [RewardComponent]) {
    let labels = components.map(\.label)
    precondition(Set(labels).count == labels.count, "two components of a reward have one label: \(labels)")
    self.components = components
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
    judgement.components.removeAll(keepingCapacity: true)
    var sum = 0.0
    var applies = false
    for component in components {
      let score = component.score(reading, in: response, to: question)
      judgement.components.append(score)
      guard let score else { continue }
      sum += component.weight * score
      if !component.isShaping || !judgesContent { applies = true }
    }
    judgement.total = applies ? sum : nil
  }
}
