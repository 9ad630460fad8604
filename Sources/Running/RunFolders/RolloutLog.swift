package import Questions
import Rewards
import Rollouts
package import Training

/// Keeps the judged completions of a run in its rollout store.
package struct RolloutLog: Sendable {
  let store: RolloutStore
  let labels: [String]

  package init(path: String, labels: [String], resumingAt step: Int) throws {
    store = step > 0 ? try RolloutStore(path: path, resumingAt: step) : try RolloutStore(path: path)
    self.labels = labels
  }

  package func keep(_ groups: [RolloutGroup<some Sendable>], step: Int) async throws {
    try await store.append(
      groups.flatMap { group in
        let question = try StoredQuestion.text(of: group.exercise.question)
        return group.members.enumerated().map { index, member in
          var record = record(
            of: member, index: index, question: group.exercise.question, text: index == 0 ? question : "", step: step)
          record.isLearnt = group.isLearnt
          return record
        }
      })
  }

  private func record(of member: Rollout, index: Int, question: Question, text: String, step: Int) -> RolloutRecord {
    let (outcome, fault) = OutcomeText.words(for: member.reading.outcome)
    return RolloutRecord(
      step: step, questionID: question.id, prompt: question.text, sampleIndex: index, completion: member.completion,
      reward: member.judgement.total,
      components: zip(labels, member.judgement.components).map { .init(label: $0, score: $1) }, outcome: outcome, fault: fault,
      question: text)
  }
}

/// An outcome in the words of files and tables.
package enum OutcomeText {
  package static func words(for outcome: Reading.Outcome) -> (outcome: String, fault: String) {
    switch outcome {
    case .answered: ("answered", "")
    case .empty: ("empty", "")
    case .unreadable(let fault): ("unreadable", fault.rawValue)
    }
  }
}
