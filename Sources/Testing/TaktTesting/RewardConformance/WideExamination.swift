import Questions
import Rewards

/// A reward of groups or batches under examination.
struct WideExamination {
  let reward: any Reward
  var failures: [ConformanceFailure] = []

  init(reward: any Reward) {
    self.reward = reward
  }

  /// Holds scores of the answers of some groups, the same asked again, and those of a reward made from the resolved options to what every
  /// reward promises.
  mutating func examine(_ groups: [RewardGroup], _ scores: [Double?], again: [Double?], twin: [Double?]) {
    let count = groups.reduce(0) { $0 + $1.count }
    guard scores.count == count else {
      return fail("there is one score an answer", "\(scores.count) scores of \(count) answers")
    }
    if scores.map(\.?.bitPattern) != again.map(\.?.bitPattern) {
      fail("a reward is pure", "the same answers scored differently twice")
    }
    if scores != twin { fail("resolved options make the same reward", "it scores \(count) answers differently") }
    let kinds = groups.flatMap { group in group.responses.map { _ in group.question.kind } }
    let listed = type(of: reward).documentation.kinds
    for (score, kind) in zip(scores, kinds) {
      guard let score else { continue }
      if !(score.isFinite && reward.range.contains(score)) {
        fail("scores are finite and inside the range", "\(score) is outside \(reward.range)")
      }
      if !listed.contains(kind) {
        fail("the documentation lists the kinds that are judged", "\(kind.rawValue) is judged and not listed")
      }
    }
  }

  private mutating func fail(_ promise: String, _ observation: String) {
    failures.append(ConformanceFailure(promise, observation))
  }
}

extension RewardQuestions {
  /// Every question with one answer, with a few alike, and with many that differ.
  static func groups(seed: UInt64) -> [RewardGroup] {
    all.flatMap { question -> [RewardGroup] in
      let writer = AnswerWriter(AnswerForm(question))
      let texts =
        readings(of: question, seed: seed).map { $0.answer.map(writer.write) ?? "none" } + ["", "<think>0:01</think> 0:02"]
      let responses = texts.map { Response(text: $0, tokenCount: $0.count) }
      return [Array(responses.prefix(1)), [Response](repeating: responses[0], count: 3), responses].map {
        RewardGroup(question, responses: $0)
      }
    }
  }
}
