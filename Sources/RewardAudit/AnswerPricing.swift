import Questions
import Rewards

/// What a composition pays for completions.
struct AnswerPricing: Sendable {
  let spec: RewardSpec

  struct Priced: Sendable {
    var reading: Reading
    var total: Double
    var components: [Double?]
  }

  /// `nil` where the composition does not judge the question.
  func price(_ text: String, to question: Question) -> Priced? {
    let reading = AnswerReader(AnswerForm(question)).read(text)
    let response = Response(text: text, tokenCount: text.utf8.count / 4 + 1, isTruncated: false)
    let judgement = spec.judge(reading, in: response, to: question)
    return judgement.total.map { Priced(reading: reading, total: $0, components: judgement.components) }
  }

  /// Whether the same answer earns another amount where its form is not the prescribed one.
  func paysForForm(_ question: Question) -> Bool {
    let response = Response(text: "", tokenCount: 8, isTruncated: false)
    let totals = [true, false].map { isStrict in
      spec.judge(
        Reading(outcome: .answered, answer: question.exactAnswer, isStrict: isStrict), in: response, to: question
      ).total
    }
    return totals[0] != totals[1]
  }

  /// For questions that are alike to those who do not listen, the candidate that earns most; of several the first.
  ///
  /// At most `most` questions of each sort are tried, evenly spread: what is found is then asked of all of them.
  func best<Candidate>(
    _ candidates: [Candidate], on questions: [Question], most: Int = 96, text: (Candidate, Question) -> String
  ) -> [String: Candidate] {
    var best: [String: Candidate] = [:]
    for (key, group) in Dictionary(grouping: questions, by: \.priorKey) {
      let tried = group.spread(over: most)
      var record = -Double.infinity
      for candidate in candidates {
        let sum = tried.reduce(0) { $0 + (price(text(candidate, $1), to: $1)?.total ?? 0) }
        if sum > record { (record, best[key]) = (sum, candidate) }
      }
    }
    return best
  }
}

extension Array {
  /// At most `count` elements, evenly spread, in order.
  func spread(over count: Int) -> [Element] {
    self.count <= count ? self : (0..<count).map { self[$0 * self.count / count] }
  }
}
