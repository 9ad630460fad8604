import Algorithms
import Policies
import Questions
import Rewards

/// What a batch of judged completions looks like in numbers.
struct RolloutMetrics {
  private(set) var scalars: [String: Double] = [:]

  /// `selection` says what the algorithm calls a tied group: one of equal rewards, or of rewards that are equal in every component.
  init(_ groups: [RolloutGroup<some Sendable>], labels: [String], weights: [Double], selection: CompletionSelection) {
    let members = groups.flatMap(\.members)
    let totals = members.compactMap(\.judgement.total)
    if !totals.isEmpty { (scalars["reward/mean"], scalars["reward/std"]) = Self.meanAndDeviation(totals) }
    scalars["reward/unscored"] = Self.share(members) { $0.judgement.total == nil }
    scalars["reward/tied_groups"] = Self.share(groups) { $0.isTied(for: selection, weights: weights) }
    noteComponents(groups, labels: labels, weights: weights)
    for task in Set(groups.map(\.exercise.question.task)).sorted() {
      let rewards = groups.filter { $0.exercise.question.task == task }.flatMap { $0.members.compactMap(\.judgement.total) }
      scalars["reward/task/\(task)/mean"] = Self.meanAndDeviation(rewards).mean
    }
    noteCategories(groups)
    scalars["outcome/answered"] = Self.share(members) { $0.reading.outcome == .answered }
    scalars["outcome/empty"] = Self.share(members) { $0.reading.outcome == .empty }
    scalars["outcome/unreadable"] = Self.share(members) { if case .unreadable = $0.reading.outcome { true } else { false } }
    let lengths = members.map { Double($0.completion.tokens.count) }
    scalars["completion/length_mean"] = Self.meanAndDeviation(lengths).mean
    scalars["completion/length_max"] = lengths.max() ?? 0
    scalars["completion/truncated"] = Self.share(members, where: \.completion.isTruncated)
  }

  /// The mean of each kind of question within a task.
  private mutating func noteCategories(_ groups: [RolloutGroup<some Sendable>]) {
    var rewards: [String: [Double]] = [:]
    for group in groups where !group.exercise.question.category.isEmpty {
      let question = group.exercise.question
      rewards["\(question.task)/\(question.category)", default: []] += group.members.compactMap(\.judgement.total)
    }
    for (kind, rewards) in rewards { scalars["reward/task/\(kind)/mean"] = Self.meanAndDeviation(rewards).mean }
  }

  /// Mean and deviation of each component, and its share of the within-group variance of the total:
  /// Cov(w·component, total) / Var(total), which sums to 1 over components.
  private mutating func noteComponents(_ groups: [RolloutGroup<some Sendable>], labels: [String], weights: [Double]) {
    var covariances = [Double](repeating: 0, count: labels.count)
    var variance = 0.0
    for group in groups {
      let totals = group.members.map { $0.judgement.total ?? 0 }
      let mean = totals.reduce(0, +) / Double(max(totals.count, 1))
      variance += totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      for index in labels.indices {
        for (member, total) in zip(group.members, totals) {
          covariances[index] += weights[index] * (member.judgement.components[index] ?? 0) * (total - mean)
        }
      }
    }
    for (index, label) in labels.enumerated() {
      let scores = groups.flatMap { $0.members.compactMap { $0.judgement.components[index] } }
      guard !scores.isEmpty else { continue }
      (scalars["reward/\(label)/mean"], scalars["reward/\(label)/std"]) = Self.meanAndDeviation(scores)
      if variance > 0 { scalars["reward/\(label)/variance_share"] = covariances[index] / variance }
    }
  }

  /// What of the rewards reaches the advantages of the groups that the update learns from.
  mutating func noteAdvantages(
    of groups: [RolloutGroup<some Sendable>], credits: [[AdvantageEstimate]], labels: [String], weights: [Double]
  ) {
    for (label, share) in zip(labels, ComponentShares(groups, credits: credits, weights: weights).shares)
    where scalars["reward/\(label)/mean"] != nil {
      scalars["reward/\(label)/advantage_share"] = share
    }
    let members = groups.flatMap(\.members)
    guard members.contains(where: { !$0.judgement.spans.isEmpty }) else { return }
    let credited = members.map { member in (member.tokenCredits ?? []).count { $0 != member.judgement.total } }.reduce(0, +)
    let tokens = members.reduce(0) { $0 + $1.completion.tokens.count }
    scalars["reward/span_tokens"] = Double(credited) / Double(max(tokens, 1))
  }

  /// How many of the sampled groups the update learns from, and how often further ones were sampled.
  mutating func noteSelection(kept: Int, of sampled: Int, rounds: Int) {
    scalars["reward/kept_groups"] = Double(kept) / Double(max(sampled, 1))
    scalars["reward/sampling_rounds"] = Double(rounds)
  }

  /// Population deviation; both 0 for no values.
  private static func meanAndDeviation(_ values: [Double]) -> (mean: Double, deviation: Double) {
    guard !values.isEmpty else { return (0, 0) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, variance.squareRoot())
  }

  private static func share<Element>(_ elements: [Element], where holds: (Element) -> Bool) -> Double {
    elements.isEmpty ? 0 : Double(elements.count { holds($0) }) / Double(elements.count)
  }
}
