public import Options
public import Questions
public import Rewards

/// What changes in the course of an RL run beside the policy: which questions are asked, and how hard their rewards are.
///
/// A curriculum depends on the step and its state alone, so that a run which was killed and resumed asks what the other would have
/// asked. `state` is in every checkpoint; a curriculum given back its state goes on as before.
public protocol Curriculum: Sendable {
  static var name: String { get }

  /// What it does, in a sentence.
  static var summary: String { get }

  /// Whether it chooses among questions, for which the source must follow a ``QuestionGuidance``.
  static var choosesQuestions: Bool { get }

  init(options: inout OptionReader)

  /// What is wrong with it beside these rewards and tasks: sentences with the remedy.
  func complaints(about rewards: RewardSpec, tasks: [String]) -> [String]

  /// Everything that is not a function of the step, by name: finite numbers.
  var state: [String: Double] { get set }

  /// What it logs under `curriculum/`.
  var metrics: [String: Double] { get }

  /// Called before a step; `step` counts from 0.
  mutating func begin(step: Int, of steps: Int)

  /// Share of each task among the questions of the step, not negative; `nil` leaves it to others.
  var taskShares: [String: Double]? { get }

  /// How much each of these questions, all of one task, is to be asked beside the others, above 0; `nil` for the same.
  func weights(of questions: [Question]) -> [Double]?

  /// Changes the rewards for the step.
  ///
  /// Throws a ``TrainingError`` where they refuse: only what ``complaints(about:tasks:)`` could not foresee.
  mutating func adjust(_ rewards: inout RewardSpec) throws

  /// Called after a step with the rewards of each of its groups, in order.
  mutating func observe(_ question: Question, rewards: [Double])
}

extension Curriculum {
  public func complaints(about rewards: RewardSpec, tasks: [String]) -> [String] { [] }

  public var state: [String: Double] {
    get { [:] }
    set {}
  }

  public mutating func begin(step: Int, of steps: Int) {}

  public var taskShares: [String: Double]? { nil }

  public func weights(of questions: [Question]) -> [Double]? { nil }

  public mutating func adjust(_ rewards: inout RewardSpec) throws {}

  public mutating func observe(_ question: Question, rewards: [Double]) {}
}

/// What a step's curricula ask of the source of questions.
public struct QuestionGuidance: Sendable {
  private let curricula: [any Curriculum]

  public init(_ curricula: [any Curriculum] = []) {
    self.curricula = curricula
  }

  /// Share of each task, where a curriculum has one; the last that does counts.
  public var taskShares: [String: Double]? { curricula.compactMap(\.taskShares).last }

  /// How much each of these questions, all of one task, is to be asked: the product of what the curricula say.
  public func weights(of questions: [Question]) -> [Double] {
    var weights = [Double](repeating: 1, count: questions.count)
    for curriculum in curricula {
      guard let own = curriculum.weights(of: questions) else { continue }
      for index in weights.indices { weights[index] *= own[index] }
    }
    return weights
  }
}
