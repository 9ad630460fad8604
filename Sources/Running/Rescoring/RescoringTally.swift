import Algorithms
import Experiments
import Policies
import Questions
import Rollouts
import TemporalMetrics

/// Adds up groups that were judged by several compositions; keeps two numbers a completion and composition.
struct RescoringTally {
  private var specs: [SpecTally]
  private var pairs: [PairTally]
  private var steps: ClosedRange<Int>?
  private var groupCount = 0
  private var learnt = (yes: 0, known: 0)
  private(set) var completionCount = 0

  init(names: [String], disputedCount: Int) {
    specs = names.map(SpecTally.init)
    pairs = names.indices.flatMap { first in
      names.indices.filter { $0 > first }.map { PairTally(first: first, second: $0, disputedCount: disputedCount) }
    }
  }

  /// Composition → completion → judgement.
  mutating func add(_ group: StoredGroup, _ judgements: [[RescoredJudgement]]) {
    groupCount += 1
    if let isLearnt = group.isLearnt { learnt = (learnt.yes + (isLearnt ? 1 : 0), learnt.known + 1) }
    completionCount += group.records.count
    steps = min(steps?.lowerBound ?? group.step, group.step)...max(steps?.upperBound ?? group.step, group.step)
    let rewards = judgements.map { $0.map(\.reward) }
    for index in specs.indices { specs[index].add(rewards[index]) }
    for index in pairs.indices { pairs[index].add(group, judgements, rewards) }
  }

  func report(run: String) -> RescoringReport {
    RescoringReport(
      run: run, firstStep: steps?.lowerBound ?? 0, lastStep: steps?.upperBound ?? 0, completions: completionCount,
      groups: groupCount, learntGroups: learnt.known == groupCount ? learnt.yes : nil, specs: specs.map(\.figures),
      pairs: pairs.map { pair in
        pair.figures(names: specs.map(\.name), unscored: specs.map(\.figures.unscored))
      })
  }
}

/// The figures of one composition.
private struct SpecTally {
  let name: String
  private var sum = 0.0
  private var squares = 0.0
  private var scored = 0
  private var completions = 0
  private var groups = 0
  private var tied = 0

  init(name: String) { self.name = name }

  mutating func add(_ rewards: [Double?]) {
    let known = rewards.compactMap { $0 }
    for reward in known {
      sum += reward
      squares += reward * reward
    }
    scored += known.count
    completions += rewards.count
    groups += 1
    if RewardStatistics(known).isTied { tied += 1 }
  }

  var figures: RescoringReport.Spec {
    let mean = scored > 0 ? sum / Double(scored) : nil
    return RescoringReport.Spec(
      name: name, meanReward: mean,
      deviation: mean.map { max(0, squares / Double(scored) - $0 * $0).squareRoot() },
      unscored: Double(completions - scored) / Double(max(1, completions)), tiedGroups: Double(tied) / Double(max(1, groups)),
      effectiveGroups: groups - tied)
  }
}

/// The figures of two compositions.
private struct PairTally {
  let first: Int
  let second: Int
  let disputedCount: Int
  private let estimator = GroupRelativeAdvantage(scale: .group)
  private var rewards: ([Double], [Double]) = ([], [])
  private var differing = 0
  private var correlations = (sum: 0.0, count: 0)
  private var products = (ab: 0.0, aa: 0.0, bb: 0.0)
  private var signs = (flipped: 0, both: 0)
  private var disputed: [RescoringReport.Disputed] = []

  init(first: Int, second: Int, disputedCount: Int) {
    self.first = first
    self.second = second
    self.disputedCount = disputedCount
  }

  mutating func add(_ group: StoredGroup, _ judgements: [[RescoredJudgement]], _ rewards: [[Double?]]) {
    let common = group.records.indices.filter { rewards[first][$0] != nil && rewards[second][$0] != nil }
    guard !common.isEmpty else { return }
    let (a, b) = (common.compactMap { rewards[first][$0] }, common.compactMap { rewards[second][$0] })
    self.rewards.0 += a
    self.rewards.1 += b
    differing += zip(a, b).count { $0.bitPattern != $1.bitPattern }
    if let correlation = SpearmanCorrelation.coefficient(a, b) {
      correlations = (correlations.sum + correlation, correlations.count + 1)
    }
    let advantages = (self.advantages(a), self.advantages(b))
    for (mine, theirs) in zip(advantages.0, advantages.1) {
      products = (products.ab + mine * theirs, products.aa + mine * mine, products.bb + theirs * theirs)
      if mine != 0, theirs != 0 { signs = (signs.flipped + (mine * theirs < 0 ? 1 : 0), signs.both + 1) }
    }
    noteDispute(group, judgements, common, advantages)
  }

  /// GRPO's, of completions of one group.
  private func advantages(_ rewards: [Double]) -> [Double] {
    estimator.estimates(
      for: EstimatorBatch(groups: [rewards.map { EstimatorInput(reward: $0, behaviorLogProbabilities: [0]) }]))[0]
      .map { $0.advantages[0] }
  }

  /// The completion of the group on which the advantages lie furthest apart, if it is among the most disputed so far.
  private mutating func noteDispute(
    _ group: StoredGroup, _ judgements: [[RescoredJudgement]], _ common: [Int], _ advantages: ([Double], [Double])
  ) {
    func distance(_ place: Int) -> Double { abs(advantages.0[place] - advantages.1[place]) }
    guard
      let place = common.indices.max(by: { (distance($0), $1) < (distance($1), $0) }), distance(place) > 0,
      disputed.count < disputedCount || distance(place) > (disputed.last?.distance ?? 0)
    else { return }
    let both = [judgements[first][common[place]], judgements[second][common[place]]]
    let record = group.records[common[place]]
    let writer = AnswerWriter(AnswerForm(group.question))
    let entry = RescoringReport.Disputed(
      step: group.step, questionID: group.question.id, question: group.question.text,
      reference: group.question.references.map { writer.write($0) }.joined(separator: " | "), text: record.completion.text,
      sample: record.sampleIndex, rewards: both.map(\.reward),
      advantages: [advantages.0[place], advantages.1[place]], components: both.map(\.components))
    let rank = disputed.firstIndex { $0.distance < entry.distance } ?? disputed.endIndex
    disputed.insert(entry, at: rank)
    if disputed.count > disputedCount { disputed.removeLast() }
  }

  func figures(names: [String], unscored: [Double]) -> RescoringReport.Pair {
    let norm = (products.aa * products.bb).squareRoot()
    return RescoringReport.Pair(
      first: names[first], second: names[second], compared: rewards.0.count, differing: differing,
      unscored: [unscored[first], unscored[second]],
      rankCorrelation: SpearmanCorrelation.coefficient(rewards.0, rewards.1),
      rankCorrelationInGroups: correlations.count > 0 ? correlations.sum / Double(correlations.count) : nil,
      groupsCompared: correlations.count, advantageCosine: norm > 0 ? max(-1, min(1, products.ab / norm)) : nil,
      signFlips: signs.both > 0 ? Double(signs.flipped) / Double(signs.both) : nil, disputed: disputed)
  }
}
