package import Files

/// The completions of a step that are worth reading.
package struct RolloutSelection: Sendable, Hashable {
  /// Highest rewards first.
  package var best: [RolloutRecord]
  /// Rewards nearest to the median, higher ones first.
  package var typical: [RolloutRecord]
  /// Lowest rewards first.
  package var worst: [RolloutRecord]

  /// Picks up to `count` of each kind; no record is picked twice, and records without a reward are left out.
  ///
  /// Where there are few, the best are served first, then the worst, then the typical. Equal rewards keep their order.
  package init(of records: [RolloutRecord], count: Int) {
    let scored = records.compactMap { record in record.reward.map { (record: record, reward: $0) } }
    let ranked = scored.enumerated().sorted { a, b in
      a.element.reward != b.element.reward ? a.element.reward > b.element.reward : a.offset < b.offset
    }.map(\.element.record)
    best = Array(ranked.prefix(count))
    let afterBest = ranked.dropFirst(count)
    worst = afterBest.suffix(count).reversed()
    let between = Array(afterBest.dropLast(count))
    let medianRank = (ranked.count - 1) / 2 - best.count
    let start = max(0, min(medianRank - (count - 1) / 2, between.count - count))
    typical = Array(between.dropFirst(start).prefix(count))
  }
}

/// One step of a rollout store at a glance.
package struct RolloutStepSummary: Sendable, Hashable {
  package var step: Int
  package var count: Int
  /// Mean reward of the completions that have one; `nil` where none has.
  package var meanReward: Double?

  /// The steps of a store, in order.
  package static func steps(path: String) throws(FileError) -> [RolloutStepSummary] { try survey(path: path).steps }

  /// The steps of a store, in order, and how many bytes at its end are of a record that is not whole.
  package static func survey(path: String) throws(FileError) -> (steps: [RolloutStepSummary], tornLength: UInt64) {
    var reader = try RolloutReader(path: path)
    var summaries: [RolloutStepSummary] = []
    var rewards: [Double] = []
    while let record = try reader.next() {
      if summaries.last?.step != record.step {
        summaries.append(RolloutStepSummary(step: record.step, count: 0, meanReward: nil))
        rewards = []
      }
      if let reward = record.reward { rewards.append(reward) }
      summaries[summaries.count - 1].count += 1
      summaries[summaries.count - 1].meanReward = rewards.isEmpty ? nil : rewards.reduce(0, +) / Double(rewards.count)
    }
    return (summaries, reader.tornLength)
  }
}
