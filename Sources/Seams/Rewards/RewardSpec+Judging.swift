public import Questions

/// The one place where a composition judges answers, whatever its rewards need.
extension RewardSpec {
  /// Reads one completion and judges it by itself.
  ///
  /// Rewards that need more than one answer do not apply here.
  ///
  /// - Parameter reader: that of the question's form, for those who read many completions of one question.
  public func judge(
    _ response: Response, to question: Question, by reader: AnswerReader? = nil
  ) -> (reading: Reading, judgement: Judgement) {
    let reading = (reader ?? AnswerReader(AnswerForm(question))).read(response.text)
    return (reading, judge(reading, in: response, to: question))
  }

  /// Judges the answers to one question, by formulas and by rewards that compare them.
  ///
  /// Throws a ``RewardError`` where a reward does not keep what it promises, or is a ``BatchReward``: those take the other `judge`.
  public func judge(_ group: RewardGroup) throws -> [Judgement] {
    guard !isNarrow else { return narrow(group) }
    let batch = RewardBatch([group])
    var wide = wideScores(none: batch)
    for index in components.indices where components[index].isWide {
      guard let reward = rewards[index] as? any GroupReward else {
        throw RewardError(
          "the reward '\(components[index].label)' is asked for many answers in one call, and waits for them",
          remedy: "judge a RewardBatch")
      }
      try fill(&wide, index, of: batch) { part in
        try part.groups.flatMap { try checkedCount(reward.scores(of: $0), $0.count, index) }
      }
    }
    return judgements(of: batch, wide)[0]
  }

  /// Judges groups of answers, one judgement an answer; rewards that are asked for many answers are asked once.
  ///
  /// Where all rewards are formulas of one answer nothing waits. Throws a ``RewardError`` that names the reward, the question and the
  /// remedy, and `CancellationError` where the task is cancelled.
  public func judge(_ batch: RewardBatch) async throws -> [[Judgement]] {
    guard !isNarrow else { return batch.groups.map(narrow) }
    var wide = wideScores(none: batch)
    for index in components.indices where components[index].isWide {
      try Task.checkCancellation()
      let reward = rewards[index]
      try await fill(&wide, index, of: batch) { part in
        if let reward = reward as? any GroupReward {
          return try part.groups.flatMap { try checkedCount(reward.scores(of: $0), $0.count, index) }
        }
        guard let reward = reward as? any BatchReward else { return [Double?](repeating: nil, count: part.count) }
        return try await asked(reward, index, part)
      }
    }
    return judgements(of: batch, wide)
  }

  /// Reads and judges answers that stand in any order, those to one question as a group.
  package func judge(
    _ responses: [Response], to questions: [Question]
  ) throws -> [(reading: Reading, judgement: Judgement)] {
    guard !isNarrow else { return zip(responses, questions).map { judge($0, to: $1) } }
    var judged = [(reading: Reading, judgement: Judgement)?](repeating: nil, count: responses.count)
    for (question, places) in Dictionary(grouping: questions.indices, by: { questions[$0] }) {
      let group = RewardGroup(question, responses: places.map { responses[$0] })
      for (place, answer) in zip(places, zip(group.readings, try judge(group))) { judged[place] = answer }
    }
    return judged.compactMap { $0 }
  }

  private func narrow(_ group: RewardGroup) -> [Judgement] {
    group.responses.indices.map { judge(group.readings[$0], in: group.responses[$0], to: group.question) }
  }

  private func judgements(of batch: RewardBatch, _ wide: [[WideScores]]) -> [[Judgement]] {
    zip(batch.groups, wide).map { group, wide in
      group.responses.indices.map {
        judge(group.readings[$0], in: group.responses[$0], to: group.question, wide: wide[$0])
      }
    }
  }

  private func wideScores(none batch: RewardBatch) -> [[WideScores]] {
    batch.groups.map { [WideScores](repeating: WideScores(count: components.count), count: $0.count) }
  }
}

/// What the wide rewards of a composition say of one answer, by component.
struct WideScores: Sendable {
  /// Before gate, baseline and normalisation; `nil` where it does not apply, or the reward is a formula.
  var scores: [Double?]
  /// What blind answers to the question earn, where the component has a baseline.
  var blind: [Double?]

  init(count: Int) {
    scores = [Double?](repeating: nil, count: count)
    blind = scores
  }
}
