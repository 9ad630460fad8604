import Files
import Questions
import Rewards

/// A line of completions that was read, and judged where the rewards stay as they are.
struct ScoredLine: Sendable {
  /// Of the question.
  let place: Int
  let step: Int?
  let steps: Int?
  let hasTokens: Bool
  /// Bytes of the piece up to its end.
  let written: Int
  /// What adaptive rewards are still to judge.
  let open: (line: CompletionLine, reading: Reading)?
}

/// What was written and counted of one piece of the completions.
struct ScoringPiece: Sendable {
  var bytes = JSONBytes()
  var summary: ScoringSummary
  /// The question that may come next.
  var next = 0

  init(labels: [String]) {
    summary = ScoringSummary(labels: labels)
  }

  mutating func score(
    _ line: CompletionLine, _ question: Question, at place: Int, by rewards: RewardSpec?, _ lines: ScoreLines
  ) -> ScoredLine {
    let form = AnswerForm(question)
    let reading = AnswerReader(form).read(line.completion)
    if let rewards {
      let judgement = rewards.judge(reading, in: line.response, to: question)
      lines.append(line, reading, judgement, form: form, to: &bytes)
      summary.add(reading, judgement)
    }
    return ScoredLine(
      place: place, step: line.step, steps: line.steps, hasTokens: line.tokenCount != nil, written: bytes.bytes.count,
      open: rewards == nil ? (line, reading) : nil)
  }
}
