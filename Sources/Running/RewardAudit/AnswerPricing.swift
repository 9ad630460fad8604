package import Questions
package import Rewards

/// What a composition pays for completions.
package struct AnswerPricing: Sendable {
  let spec: RewardSpec

  package struct Priced: Sendable {
    var reading: Reading
    package var total: Double
    package var components: [Double?]
  }

  /// As the composition is.
  init(spec: RewardSpec) { self.spec = spec }

  /// Without baselines of its own, the composition has them fitted to the questions, as a run to its training questions.
  package init(_ spec: RewardSpec, fittedTo questions: [Question]) {
    var spec = spec
    if spec.priors == nil { spec.fitBaselines(to: questions, named: "this audit") }
    self.spec = spec
  }

  /// `nil` where the composition does not judge the question.
  ///
  /// Answers here have no tokens.
  package func price(_ text: String, to question: Question) -> Priced? {
    let (reading, judgement) = spec.judge(Response(text: text), to: question)
    return judgement.total.map { Priced(reading: reading, total: $0, components: judgement.components) }
  }

  /// Whether the same answer earns another amount where its form is not the prescribed one.
  func paysForForm(_ question: Question) -> Bool {
    let response = Response(text: "")
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
