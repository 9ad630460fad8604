internal import CObjectiveKernels
public import Policies

/// A weighted sum of terms.
public struct Objective: Sendable {
  package struct Summand: Sendable {
    package var coefficient: Double
    package var term: any ObjectiveTerm
  }

  /// Tokens a block: a dozen columns of this length fit the second-level cache of any processor in use.
  private static let blockLength = 4096

  package let summands: [Summand]
  /// Applied in order before the terms see a block.
  package let weightings: [any PolicyWeighting]

  public init(_ summands: [(coefficient: Double, term: any ObjectiveTerm)], weightings: [any PolicyWeighting] = []) {
    self.summands = summands.map { Summand(coefficient: $0.coefficient, term: $0.term) }
    self.weightings = weightings
  }

  /// The loss with its derivative by each output.
  ///
  /// Columns of `targets` that no term reads may be empty. Sequences must follow each other without gaps from 0.
  public func evaluate(_ outputs: TokenOutputs, _ targets: TokenTargets) -> (
    cotangents: TokenCotangents, report: ObjectiveReport
  ) {
    precondition(targets.weights.count == outputs.logProbabilities.count, "one weight a token")
    if let result = OnePassObjective(self)?.evaluate(outputs, targets) { return result }
    return evaluateBlocks(outputs, targets)
  }

  /// ``evaluate(_:_:)`` block by block, whatever the terms.
  package func evaluateBlocks(_ outputs: TokenOutputs, _ targets: TokenTargets) -> (
    cotangents: TokenCotangents, report: ObjectiveReport
  ) {
    var cotangents = TokenCotangents(zerosLike: outputs)
    var report = ObjectiveReport()
    var diagnostics = PolicyDiagnostics()
    var tokens = TokenBlock()
    var gradients = TokenGradients(zerosLike: tokens)
    var first = 0
    while first < targets.sequences.count {
      let start = targets.sequences[first].lowerBound
      var end = first + 1
      while end < targets.sequences.count, targets.sequences[end].upperBound - start <= Self.blockLength { end += 1 }
      tokens.load(outputs, targets, sequences: targets.sequences[first..<end])
      gradients.zero(like: tokens)
      diagnostics.add(tokens)
      report.loss += accumulate(&tokens, into: &gradients, report: &report)
      cotangents.logProbabilities.narrow(gradients.logProbabilities, at: start)
      cotangents.entropies.narrow(gradients.entropies, at: start)
      cotangents.values.narrow(gradients.values, at: start)
      first = end
    }
    diagnostics.add(to: &report)
    return (cotangents, report)
  }

  /// The same of one block, in `Double` throughout.
  public func evaluate(_ tokens: TokenBlock) -> (gradients: TokenGradients, report: ObjectiveReport) {
    var tokens = tokens
    var gradients = TokenGradients(zerosLike: tokens)
    var report = ObjectiveReport()
    var diagnostics = PolicyDiagnostics()
    diagnostics.add(tokens)
    diagnostics.add(to: &report)
    report.loss = accumulate(&tokens, into: &gradients, report: &report)
    return (gradients, report)
  }

  /// The weight of each token in the policy loss, after every correction and mask.
  package func weights(of tokens: TokenBlock) -> [Double] {
    var tokens = tokens
    var report = ObjectiveReport()
    for weighting in weightings { weighting.scale(&tokens, report: &report) }
    return tokens.policyWeights
  }

  private func accumulate(
    _ tokens: inout TokenBlock, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    for weighting in weightings { weighting.scale(&tokens, report: &report) }
    return summands.reduce(0) { loss, summand in
      loss + summand.coefficient
        * summand.term.accumulate(tokens, coefficient: summand.coefficient, into: &gradients, report: &report)
    }
  }
}

extension [Float] {
  fileprivate mutating func narrow(_ source: [Double], at start: Int) {
    guard !source.isEmpty else { return }
    precondition(start + source.count <= count, "the gradients go past the outputs")
    source.withUnsafeBufferPointer { source in
      withUnsafeMutableBufferPointer { own in
        guard let from = source.baseAddress, let to = own.baseAddress else { return }
        takt_narrow(from, to + start, source.count)
      }
    }
  }
}
