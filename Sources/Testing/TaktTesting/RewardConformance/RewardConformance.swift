public import Options
import Questions
import Randomness
public import Rewards

/// Examines what ``TemporalReward`` or ``GroupReward`` promises, and returns what is not kept; none is a pass.
///
/// The name is in kebab case and the documentation complete; every option has a help text and the resolved options make the
/// same reward again; a score is finite, inside `range`, the same twice, and `nil` for the kinds of question that the
/// documentation does not list; every kind that it lists is judged; and every ``RewardPromise`` of the documentation holds on
/// random answers. A reward that sees groups is shown them with one answer and with many, and gives one score an answer.
///
/// A ``BatchReward`` is examined by the function of the same name that waits.
///
/// - Parameter options: what an experiment file would give it; a reward that needs options is examined with some.
public func rewardConformanceFailures(
  _ type: any Reward.Type, options: OptionValue = .emptyMap, seed: UInt64 = 7
) -> [ConformanceFailure] {
  var reader = OptionReader(options, path: type.name)
  let reward = type.init(options: &reader)
  var again = OptionReader(reader.resolvedValue, path: type.name)
  let twin = type.init(options: &again)
  var manual = ManualExamination(type: type, reward: reward)
  manual.examine(reader, again)
  switch (reward, twin) {
  case (let reward as any TemporalReward, let twin as any TemporalReward):
    var examination = RewardExamination(type: Swift.type(of: reward), reward: reward, seed: seed)
    examination.examineScores()
    examination.examinePromises()
    examination.examineTwin(twin)
    return manual.failures + examination.failures
  case (let reward as any GroupReward, let twin as any GroupReward):
    var examination = WideExamination(reward: reward)
    for group in RewardQuestions.groups(seed: seed) {
      examination.examine([group], reward.scores(of: group), again: reward.scores(of: group), twin: twin.scores(of: group))
    }
    return manual.failures + examination.failures
  default:
    return manual.failures + [
      ConformanceFailure(
        "a reward scores", "\(type.name) is neither a TemporalReward nor a GroupReward; await the examination of others")
    ]
  }
}

/// The same for a reward that is asked for many answers at once, without the track and the policy.
public func rewardConformanceFailures(
  _ type: any BatchReward.Type, options: OptionValue = .emptyMap, seed: UInt64 = 7
) async throws -> [ConformanceFailure] {
  var reader = OptionReader(options, path: type.name)
  let reward = type.init(options: &reader)
  var again = OptionReader(reader.resolvedValue, path: type.name)
  let twin = type.init(options: &again)
  var manual = ManualExamination(type: type, reward: reward)
  manual.examine(reader, again)
  var examination = WideExamination(reward: reward)
  let kinds = type.documentation.kinds
  let groups = RewardQuestions.groups(seed: seed).filter { kinds.contains($0.question.kind) }
  for part in [groups, Array(groups.prefix(1))] {
    let batch = RewardBatch(part)
    examination.examine(
      part, try await reward.scores(of: batch), again: try await reward.scores(of: batch),
      twin: try await twin.scores(of: batch))
  }
  return manual.failures + examination.failures
}

/// A reward's name, documentation and options under examination.
struct ManualExamination {
  let type: any Reward.Type
  let reward: any Reward
  var failures: [ConformanceFailure] = []

  init(type: any Reward.Type, reward: any Reward) {
    self.type = type
    self.reward = reward
  }

  private mutating func fail(_ promise: String, _ observation: String) {
    failures.append(ConformanceFailure(promise, observation))
  }

  /// - Parameter again: what read the options that `reader` resolved.
  mutating func examine(_ reader: OptionReader, _ again: OptionReader) {
    examineDocumentation()
    for issue in reader.closed() { fail("legal options are taken", issue.description) }
    for option in reader.descriptions where option.help.isEmpty {
      fail("every option is described", "'\(option.key)' has no help text")
    }
    for issue in again.closed() { fail("resolved options are legal", issue.description) }
    for form in Dictionary(grouping: type.documentation.forms, by: \.option) {
      let cases = reader.descriptions.first { $0.key == form.key }?.allowed
      if cases != form.value.map(\.name).joined(separator: " | ") {
        fail("forms are an option's cases", "'\(form.key)' takes \(cases ?? "nothing"), not \(form.value.map(\.name))")
      }
    }
  }

  private mutating func examineDocumentation() {
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
