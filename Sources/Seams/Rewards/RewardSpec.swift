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
/// or as a program does:
///
///     RewardSpec {
///       OnsetError(scale: 15).on("tsg")
///       SoftF1(sigma: 15).on("mtr")
///       OutOfTrack().weighted(-0.5)
///       Unreadable().weighted(-1)
///     }
///
/// The total of an answer is Σ wᵢ·rᵢ over the components that apply to its question (`reward-total: mean` divides it by the sum of
/// their positive weights). It is `nil` where none applies that tells right from wrong: penalties alone judge nothing.
///
/// A composition under which an answer that cannot be read earns as much as a wrong one, or a wrong one as much as the right
/// one, is refused with the pair of answers that shows it; `allow-unsafe: true` lets it through with a warning.
public struct RewardSpec: Sendable {
  /// How the weighted scores of the components become one number.
  public enum Total: String, Sendable, Hashable, CaseIterable {
    case sum
    /// The sum over the positive weights of the components that apply.
    case mean
  }

  public let components: [RewardComponent]
  public let total: Total
  /// What is wrong with it and was allowed; to be logged with the run.
  package internal(set) var warnings: [String] = []
  /// The rewards as they are now, apart from their labels: scoring copies them, and labels are dear to copy.
  private(set) var rewards: [any Reward]
  /// The same where they are formulas of one answer, and ``NoFormula`` elsewhere.
  private var formulas: [any TemporalReward]
  var baselines: [RewardBaseline?]
  /// The typical answers that its baselines took last; `nil` where they subtract only answers that need no data.
  package internal(set) var priors: BlindPriors?
  private let terms: [Term]
  /// Whether any component tells right from wrong; where none does, the shaping terms alone make the total.
  private let judgesContent: Bool
  /// Whether any component gives credit by span.
  package let judgesSpans: Bool
  /// Whether all its rewards are formulas of one answer and its question.
  package let isNarrow: Bool

  /// Traps where two components have one label.
  ///
  /// Nothing is refused: `weakness` says what a file with this composition would be refused for.
  public init(_ components: [RewardComponent], total: Total = .sum) {
    let labels = components.map(\.label)
    precondition(Set(labels).count == labels.count, "two components of a reward have one label: \(labels)")
    self.components = components
    self.total = total
    rewards = components.map(\.reward)
    formulas = components.map { $0.reward as? any TemporalReward ?? NoFormula() }
    baselines = components.map(\.baseline)
    terms = components.map(Term.init)
    judgesContent = components.contains { !$0.isShaping }
    judgesSpans = components.contains { $0.credit == .span }
    isNarrow = !components.contains(where: \.isWide)
    warnings = [untried].compactMap { $0 }
  }

  /// The components in the order in which they are named.
  public init(total: Total = .sum, @RewardBuilder _ components: () -> [RewardComponent]) {
    self.init(components(), total: total)
  }

  /// Reads the keys `rewards`, `reward-total` and `allow-unsafe`; what is wrong is recorded.
  public init(options: inout OptionReader, catalog: RewardCatalog) {
    let issuesBefore = options.issues.count
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
    let total: Total = options.choice(
      "reward-total", default: RewardSpec([]).total,
      help: "sum of the weighted scores, or that over the positive weights that apply")
    let allowsUnsafe = options.flag("allow-unsafe", default: false, help: "run with rewards that pay the wrong answer")
    self.init(components.compactMap { $0 }, total: total)
    guard options.issues.count == issuesBefore, let weakness else { return }
    if allowsUnsafe {
      warnings.append(weakness)
    } else {
      options.record("\(weakness); `allow-unsafe: true` runs it all the same", at: "rewards")
    }
  }

  public var labels: [String] { components.map(\.label) }

  package var weights: [Double] { components.map(\.weight) }

  /// Has component `index` go on with another reward.
  mutating func replace(_ index: Int, with reward: any Reward) {
    rewards[index] = reward
    formulas[index] = reward as? any TemporalReward ?? NoFormula()
  }

  /// The score of every component, and their weighted sum.
  ///
  /// Rewards that need more than one answer do not apply here: to judge a `RewardGroup` or a `RewardBatch` asks them too.
  public func judge(_ reading: Reading, in response: Response, to question: Question) -> Judgement {
    var judgement = Judgement()
    judge(reading, in: response, to: question, into: &judgement)
    return judgement
  }

  /// The same into a judgement whose storage is used again, for those who judge millions.
  public func judge(_ reading: Reading, in response: Response, to question: Question, into judgement: inout Judgement) {
    judge(reading, in: response, to: question, blind: [], into: &judgement) { _ in nil }
  }

  /// The judgement of one answer whose scores by wide rewards are known.
  func judge(_ reading: Reading, in response: Response, to question: Question, wide: WideScores) -> Judgement {
    var judgement = Judgement()
    judge(reading, in: response, to: question, blind: wide.blind, into: &judgement) { wide.scores[$0] }
    return judgement
  }

  /// - Parameter blind: what blind answers earn of each component that is wide; empty where none is.
  @inline(__always)
  private func judge(
    _ reading: Reading, in response: Response, to question: Question, blind: [Double?], into judgement: inout Judgement,
    wide: (Int) -> Double?
  ) {
    if judgement.components.count != components.count {
      judgement.components = Array(repeating: nil, count: components.count)
    }
    var sum = 0.0
    var divisor = 0.0
    var applies = false
    for index in terms.indices {
      let score =
        terms[index].isWide
        ? paid(wide(index), index, reading, to: question, blind: blind.isEmpty ? nil : blind[index])
        : score(index, reading, in: response, to: question)
      judgement.components[index] = score
      guard let score else { continue }
      sum += terms[index].weight * score
      divisor += max(0, terms[index].weight)
      if !terms[index].isShaping || !judgesContent { applies = true }
    }
    if total == .mean, divisor > 0 { sum /= divisor }
    judgement.total = applies ? sum : nil
    if judgesSpans {
      judgement.spans =
        applies
        ? spanCredits(reading, in: response, to: question, total: sum, scores: judgement.components, blind: blind) : []
    }
  }

  /// The score of component `index` before its weight; `nil` where it does not apply.
  private func score(_ index: Int, _ reading: Reading, in response: Response, to question: Question) -> Double? {
    let term = terms[index]
    guard term.isForAllTasks || components[index].tasks.contains(question.task) else { return nil }
    guard let score = formulas[index].score(reading, in: response, to: question) else { return nil }
    if term.isPlain { return score }
    guard term.gate.isOpen(to: reading, of: question) else { return 0 }
    return adjusted(score, index, on: question, blind: nil)
  }

  /// The same of a score that a wide reward gave.
  private func paid(_ score: Double?, _ index: Int, _ reading: Reading, to question: Question, blind: Double?) -> Double? {
    guard let score else { return nil }
    guard terms[index].gate.isOpen(to: reading, of: question) else { return 0 }
    return adjusted(score, index, on: question, blind: blind)
  }

  /// A score after the component's baseline or normalisation.
  ///
  /// - Parameter blind: what blind answers to the question earn where the reward is wide; `nil` where the formula tells.
  func adjusted(_ score: Double, _ index: Int, on question: Question, blind: Double?) -> Double {
    if let baseline = baselines[index] {
      if let blind { return baseline.subtracted(from: score, blindScore: blind, range: rewards[index].range) }
      return baseline.subtracted(from: score, of: formulas[index], on: question)
    }
    if components[index].isNormalized {
      let range = rewards[index].range
      return (score - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    return score
  }

  /// What scoring needs of a component beside its reward.
  private struct Term: Sendable {
    var weight: Double
    var gate: RewardGate
    var isShaping: Bool
    var isForAllTasks: Bool
    /// Whether the reward's score is the component's.
    var isPlain: Bool
    var isWide: Bool

    init(_ component: RewardComponent) {
      weight = component.weight
      gate = component.gate
      isShaping = component.isShaping
      isForAllTasks = component.tasks.isEmpty
      isPlain = component.gate == .always && component.baseline == nil && !component.isNormalized
      isWide = component.isWide
    }
  }
}
