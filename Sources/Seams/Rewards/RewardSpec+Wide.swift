import Questions

/// Asking rewards that need more than one answer, and holding them to what they promise.
extension RewardSpec {
  /// Has `ask` score the groups that component `index` judges, and the blind answers to their questions where it has a baseline.
  func fill(
    _ wide: inout [[WideScores]], _ index: Int, of batch: RewardBatch, ask: (RewardBatch) async throws -> [Double?]
  ) async throws {
    let places = places(index, in: batch)
    guard !places.isEmpty else { return }
    let part = batch.keeping(places)
    note(try checked(await ask(part), index, part), index, at: places, in: &wide)
    guard let blind = blindBatch(index, part) else { return }
    note(blind: try checked(await ask(blind.batch), index, blind.batch), blind.answers, index, part, at: places, in: &wide)
  }

  /// The same without waiting.
  func fill(
    _ wide: inout [[WideScores]], _ index: Int, of batch: RewardBatch, ask: (RewardBatch) throws -> [Double?]
  ) throws {
    let places = places(index, in: batch)
    guard !places.isEmpty else { return }
    let part = batch.keeping(places)
    note(try checked(ask(part), index, part), index, at: places, in: &wide)
    guard let blind = blindBatch(index, part) else { return }
    note(blind: try checked(ask(blind.batch), index, blind.batch), blind.answers, index, part, at: places, in: &wide)
  }

  /// The scores of a reward that is asked for all of them at once; what it throws names it.
  func asked(_ reward: any BatchReward, _ index: Int, _ batch: RewardBatch) async throws -> [Double?] {
    do {
      return try await reward.scores(of: batch)
    } catch let error {
      if error is CancellationError || Task.isCancelled { throw CancellationError() }
      throw RewardError(of: components[index].label, type(of: reward), on: batch, error)
    }
  }

  func checkedCount(_ scores: [Double?], _ count: Int, _ index: Int) throws -> [Double?] {
    guard scores.count == count else {
      throw RewardError(
        "the reward '\(components[index].label)' gave \(scores.count) scores to \(count) answers", remedy: Self.remedy)
    }
    return scores
  }

  private static let remedy =
    "a reward gives one score an answer, finite and inside its range, or nil where it does not apply: mend it, or take it out of `rewards`"

  /// The groups that component `index` judges: those of its tasks, and of the kinds of its reward.
  private func places(_ index: Int, in batch: RewardBatch) -> [Int] {
    batch.groups.indices.filter { applies(index, to: batch.groups[$0].question) && batch.groups[$0].count > 0 }
  }

  func applies(_ index: Int, to question: Question) -> Bool {
    let tasks = components[index].tasks
    return (tasks.isEmpty || tasks.contains(question.task))
      && type(of: rewards[index]).documentation.kinds.contains(question.kind)
  }

  private func checked(_ scores: [Double?], _ index: Int, _ batch: RewardBatch) throws -> [Double?] {
    let range = rewards[index].range
    for (score, answer) in zip(try checkedCount(scores, batch.count, index), batch.answers) {
      guard let score, !(score.isFinite && range.contains(score)) else { continue }
      throw RewardError(
        "the reward '\(components[index].label)' scores an answer to the question '\(answer.question.id)' \(score), outside its range "
          + "\(range.lowerBound)…\(range.upperBound)", remedy: Self.remedy)
    }
    return scores
  }

  private func note(_ scores: [Double?], _ index: Int, at places: [Int], in wide: inout [[WideScores]]) {
    var rest = scores[...]
    for place in places {
      for answer in wide[place].indices { wide[place][answer].scores[index] = rest.removeFirst() }
    }
  }

  /// Every blind answer to the questions of a batch, as a group of its own; `nil` where the component has no baseline.
  private func blindBatch(_ index: Int, _ batch: RewardBatch) -> (batch: RewardBatch, answers: [[Answer]])? {
    guard let baseline = baselines[index] else { return nil }
    let answers = batch.groups.map { baseline.asked(on: $0.question) }
    let groups = zip(batch.groups, answers).flatMap { group, answers in
      let writer = AnswerWriter(AnswerForm(group.question))
      return answers.map { answer in
        RewardGroup(
          group.question, responses: [Response(text: writer.write(answer))],
          readings: [Reading(outcome: .answered, answer: answer, isStrict: true)], track: group.track)
      }
    }
    return (RewardBatch(groups), answers)
  }

  private func note(
    blind scores: [Double?], _ answers: [[Answer]], _ index: Int, _ batch: RewardBatch, at places: [Int],
    in wide: inout [[WideScores]]
  ) {
    guard let baseline = baselines[index] else { return }
    let least = rewards[index].range.lowerBound
    var rest = scores[...]
    for ((place, group), answers) in zip(zip(places, batch.groups), answers) {
      let earned = Dictionary(zip(answers, rest.prefix(answers.count).map { $0 ?? least })) { first, _ in first }
      rest = rest.dropFirst(answers.count)
      let blind = baseline.blindScore(on: group.question, least: least) { earned[$0] ?? least }
      for answer in wide[place].indices { wide[place][answer].blind[index] = blind }
    }
  }
}
