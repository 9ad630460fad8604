import Options
import Questions
import Randomness
import Rewards
import Timelines

/// What any reward must keep, whatever its formula: returns one sentence for each thing that it breaks.
///
/// Checked on questions of every kind, with legal, illegal and absurd answers: scores are finite, inside the range, the same
/// twice, and given exactly for the kinds in the documentation; every promise in the documentation holds.
func violations(of reward: any TemporalReward, seed: UInt64 = 1) -> [String] {
  var found: [String] = []
  for question in ProbeQuestions.all {
    for probe in ProbeAnswers.all(for: question, seed: seed) {
      found += totality(of: reward, probe: probe, question: question)
    }
    if type(of: reward).documentation.kinds.contains(question.kind) {
      found += brokenPromises(of: reward, question: question, seed: seed)
    }
  }
  return found
}

/// An answer to try, with words for the report.
struct Probe {
  var name: String
  var reading: Reading
  var text = "0:10"
  var tokenCount = 4

  init(_ name: String, _ answer: Answer) {
    self.name = name
    reading = Reading(outcome: .answered, answer: answer, isStrict: true)
  }

  init(_ name: String, reading: Reading, text: String = "", tokenCount: Int = 4) {
    self.name = name
    self.reading = reading
    self.text = text
    self.tokenCount = tokenCount
  }

  var response: Response { Response(text: text, tokenCount: tokenCount, isTruncated: false) }
}

private func totality(of reward: any TemporalReward, probe: Probe, question: Question) -> [String] {
  let documentation = type(of: reward).documentation
  let label = "\(type(of: reward).name), \(question.id), \(probe.name)"
  let score = reward.score(probe.reading, in: probe.response, to: question)
  guard reward.score(probe.reading, in: probe.response, to: question) == score else {
    return ["\(label): scores \(String(describing: score)) once and something else the second time"]
  }
  guard let score else { return [] }
  var found: [String] = []
  if !documentation.kinds.contains(question.kind) { found.append("\(label): judges a kind that its documentation leaves out") }
  if !score.isFinite || !reward.range.contains(score) { found.append("\(label): \(score) is outside \(reward.range)") }
  return found
}

private func brokenPromises(of reward: any TemporalReward, question: Question, seed: UInt64) -> [String] {
  let promises = type(of: reward).documentation.promises
  let name = "\(type(of: reward).name), \(question.id)"
  var found: [String] = []
  func score(_ answer: Answer) -> Double? {
    let probe = Probe("", answer)
    return reward.score(probe.reading, in: probe.response, to: question)
  }
  let best = ProbeAnswers.exact(for: question).compactMap(score).max()
  if promises.contains(.exactIsBest), let best, abs(best - reward.range.upperBound) > 1e-12 {
    found.append("\(name): the reference scores \(best), not \(reward.range.upperBound)")
  }
  if promises.contains(.monotone), question.references.count == 1 {
    for path in ProbeAnswers.pathsToTruth(for: question, seed: seed) {
      let scores = path.map { score($0) ?? 0 }
      for (index, pair) in zip(scores, scores.dropFirst()).enumerated() where pair.1 < pair.0 - 1e-12 {
        found.append("\(name): from \(path[index]) to \(path[index + 1]), nearer the truth, it falls \(pair.0) → \(pair.1)")
        break
      }
    }
  }
  for (promise, variants) in ProbeAnswers.equivalents(for: question, seed: seed) where promises.contains(promise) {
    for (one, other) in variants {
      guard let first = score(one), let second = score(other), abs(first - second) > 1e-9 else { continue }
      found.append("\(name): \(promise.rawValue) changes \(first) to \(second) for \(one)")
    }
  }
  return found
}
