public import Options
import Questions
import Randomness
public import Rewards

/// Examines what ``TemporalReward`` promises, and returns what is not kept; none is a pass.
///
/// The name is in kebab case and the documentation complete; every option has a help text and the resolved options make the
/// same reward again; a score is finite, inside `range`, the same twice, and `nil` for the kinds of question that the
/// documentation does not list; every kind that it lists is judged; and every ``RewardPromise`` of the documentation holds on
/// random answers.
///
/// - Parameter options: what an experiment file would give it; a reward that needs options is examined with some.
public func rewardConformanceFailures(
  _ type: any TemporalReward.Type, options: OptionValue = .emptyMap, seed: UInt64 = 7
) -> [ConformanceFailure] {
  var reader = OptionReader(options, path: type.name)
  let reward = type.init(options: &reader)
  var examination = RewardExamination(type: type, reward: reward, seed: seed)
  examination.examineDocumentation()
  for issue in reader.closed() { examination.fail("legal options are taken", issue.description) }
  for option in reader.descriptions where option.help.isEmpty {
    examination.fail("every option is described", "'\(option.key)' has no help text")
  }
  examination.examineScores()
  examination.examinePromises()
  var again = OptionReader(reader.resolvedValue, path: type.name)
  examination.examineTwin(type.init(options: &again))
  for issue in again.closed() { examination.fail("resolved options are legal", issue.description) }
  return examination.failures
}

/// One reward under examination.
struct RewardExamination {
  let type: any TemporalReward.Type
  let reward: any TemporalReward
  let seed: UInt64
  var failures: [ConformanceFailure] = []

  init(type: any TemporalReward.Type, reward: any TemporalReward, seed: UInt64) {
    self.type = type
    self.reward = reward
    self.seed = seed
  }

  mutating func fail(_ promise: String, _ observation: String) {
    failures.append(ConformanceFailure(promise, observation))
  }

  func score(_ answer: Answer, to question: Question) -> Double? {
    score(Reading(outcome: .answered, answer: answer, isStrict: true), to: question)
  }

  func score(_ reading: Reading, to question: Question, isTruncated: Bool = false) -> Double? {
    let text = reading.answer.map { "\($0)" } ?? ""
    return reward.score(reading, in: Response(text: text, tokenCount: text.count, isTruncated: isTruncated), to: question)
  }

  mutating func examineDocumentation() {
    let words = type.name.split(separator: "-", omittingEmptySubsequences: false)
    let isKebab = words.allSatisfy { word in
      !word.isEmpty && word.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
    }
    if !isKebab { fail("the name is in kebab case", "'\(type.name)'") }
    let documentation = type.documentation
    for (part, text) in [
      ("summary", documentation.summary), ("formula", documentation.formula),
      ("degenerateCases", documentation.degenerateCases),
      ("source", documentation.source),
    ] where text.isEmpty { fail("the documentation is complete", "\(part) is empty") }
    if documentation.kinds.isEmpty { fail("the documentation is complete", "it names no kind of question") }
    if !reward.range.lowerBound.isFinite || !reward.range.upperBound.isFinite {
      fail("the range is finite", "\(reward.range)")
    }
  }

  mutating func examineScores() {
    var judged: Set<AnswerKind> = []
    for question in RewardQuestions.all {
      for reading in RewardQuestions.readings(of: question, seed: seed) {
        for isTruncated in [false, true] {
          let score = score(reading, to: question, isTruncated: isTruncated)
          let again = self.score(reading, to: question, isTruncated: isTruncated)
          if score?.bitPattern != again?.bitPattern { fail("a reward is pure", "\(reading) scored differently twice") }
          guard let score else { continue }
          judged.insert(question.kind)
          if !(reward.range.contains(score) && score.isFinite) {
            fail("scores are finite and inside the range", "\(score) for \(reading) to \(question.references)")
          }
        }
      }
    }
    let listed = Set(type.documentation.kinds)
    for kind in AnswerKind.allCases where judged.contains(kind) != listed.contains(kind) {
      fail(
        "the documentation lists the kinds that are judged",
        "\(kind.rawValue) is \(listed.contains(kind) ? "listed and never judged" : "judged and not listed")")
    }
  }

  /// A reward made anew from the resolved options scores the same.
  mutating func examineTwin(_ twin: any TemporalReward) {
    let other = RewardExamination(type: type, reward: twin, seed: seed)
    for question in RewardQuestions.all {
      for reading in RewardQuestions.readings(of: question, seed: seed)
      where other.score(reading, to: question) != score(reading, to: question) {
        fail("resolved options make the same reward", "it scores \(reading) differently")
        return
      }
    }
  }
}
