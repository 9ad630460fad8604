import Algorithms
import TaktTesting
import Testing

struct TermConformanceTests {
  @Test func theTermsOfTheAlgorithmsConform() {
    let terms: [any ObjectiveTerm] = [
      ClippedSurrogate(clipLow: 0.2, clipHigh: 0.28), EntropyBonus(), NegativeLogLikelihood(), ReferenceKL(estimator: .k3),
      ReferenceKL(estimator: .k2),
    ]
    for term in terms {
      let failures = termConformanceFailures(term)
      #expect(failures.isEmpty, "\(type(of: term)): \(failures.prefix(3))")
    }
  }

  /// The derivative of a straight-through estimate is another estimate's by design, and the kit says so.
  @Test func straightThroughEstimatesDiffer() {
    let promises = Set(termConformanceFailures(ReferenceKL(estimator: .k3Straight)).map(\.promise))
    #expect(promises == ["derivatives agree with finite differences"])
  }

  private struct FaultyTerm: ObjectiveTerm {
    enum Fault: CaseIterable {
      case none, sign, multipliesLoss, ignoresCoefficient, overwrites, couplesSequences, notFinite, forgetsEntropy
    }
    var fault: Fault

    func accumulate(
      _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
    ) -> Double {
      var loss = 0.0
      let mean = tokens.advantages.reduce(0, +) / Double(tokens.count)
      if fault == .overwrites { gradients = TokenGradients(zerosLike: tokens) }
      for index in 0..<tokens.count {
        let weight = tokens.weights[index] * (tokens.advantages[index] - (fault == .couplesSequences ? mean : 0))
        loss -= weight * tokens.logProbabilities[index] + tokens.weights[index] * tokens.entropies[index]
        let scale = fault == .ignoresCoefficient ? 1 : coefficient
        gradients.logProbabilities[index] -= (fault == .sign ? -1 : 1) * scale * weight
        if fault != .forgetsEntropy { gradients.entropies[index] -= scale * tokens.weights[index] }
      }
      return fault == .notFinite ? .nan : fault == .multipliesLoss ? coefficient * loss : loss
    }
  }

  @Test(arguments: [
    (FaultyTerm.Fault.sign, "derivatives agree with finite differences"),
    (.forgetsEntropy, "derivatives agree with finite differences"),
    (.multipliesLoss, "the loss leaves out the coefficient"),
    (.ignoresCoefficient, "the coefficient scales the derivative"),
    (.overwrites, "the derivative is added"),
    (.couplesSequences, "blocks add up"),
    (.notFinite, "the loss is finite"),
  ]) private func everyFaultIsFound(fault: FaultyTerm.Fault, promise: String) {
    #expect(termConformanceFailures(FaultyTerm(fault: .none)).isEmpty)
    let failures = termConformanceFailures(FaultyTerm(fault: fault))
    #expect(failures.map(\.promise).contains(promise), "\(failures.prefix(3))")
  }
}
