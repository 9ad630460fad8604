import Files
import Policies
package import Questions
package import Rollouts

/// The completions of one question in a run's rollout store, with the question that they answer.
package struct StoredGroup: Sendable {
  package var question: Question
  package var records: [RolloutRecord]

  package var step: Int { records[0].step }

  /// Whether the update learnt from it; `nil` where the store does not say.
  package var isLearnt: Bool? { records[0].isLearnt }

  /// What a record's completion says, read again.
  package func reading(of record: RolloutRecord) -> Reading { AnswerReader(AnswerForm(question)).read(record.completion.text) }
}

/// Reads a run's rollout store group by group; the file may be larger than memory.
package struct StoredGroups {
  private var reader: RolloutReader
  private let questions: KeyedQuestions?
  private let tape = TapeReader()
  private var ahead: RolloutRecord?

  /// `questions` by id stand in where the store keeps none.
  package init(path: String, questions: KeyedQuestions? = nil) throws {
    reader = try RolloutReader(path: path)
    self.questions = questions
    ahead = try reader.next()
  }

  /// Share of the file that was read, in thousandths.
  package var done: Int { reader.length == 0 ? 1000 : Int(1000 * reader.offset / reader.length) }

  /// The step of the group that comes next.
  package var nextStep: Int? { ahead?.step }

  mutating func next() throws -> StoredGroup? {
    guard let first = ahead else { return nil }
    var records = [first]
    ahead = try reader.next()
    while let record = ahead, record.step == first.step, record.sampleIndex != 0 {
      records.append(record)
      ahead = try reader.next()
    }
    return StoredGroup(question: try question(of: first), records: records)
  }

  /// All groups of the next step.
  package mutating func nextOfOneStep() throws -> [StoredGroup] {
    guard let step = nextStep else { return [] }
    var groups: [StoredGroup] = []
    while nextStep == step, let group = try next() { groups.append(group) }
    return groups
  }

  private func question(of record: RolloutRecord) throws -> Question {
    if !record.question.isEmpty { return try StoredQuestion.question(from: record.question, by: tape) }
    if let question = questions?[record.questionID] { return question }
    let given = questions == nil ? "" : " and the given questions have no such id"
    throw FileError(
      path: reader.path,
      message: "keeps the completions of step \(record.step) to '\(record.questionID)' without their question\(given): "
        + "an earlier Takt wrote it. Give the questions with --questions FILE, one JSON object a line, or train the run again")
  }
}
