import Algorithms
import RealModule
import Testing

/// Golden lines that end at a distribution's parameters: the cotangents of log-probability and entropy go through the head.
struct GoldenHeadTests {
  /// One position: log-probabilities of all choices, and the entropy.
  private struct Categorical {
    let logs: [Double]
    var entropy: Double { -logs.reduce(0) { $0 + Double.exp($1) * $1 } }

    init(logits: [Double], temperature: Double = 1) {
      let scaled = logits.map { $0 / temperature }
      let top = scaled.max() ?? 0
      let total = Double.log(scaled.reduce(0) { $0 + Double.exp($1 - top) }) + top
      logs = scaled.map { $0 - total }
    }

    /// ∂loss/∂logit_k = (a·(1[k = y] − p_k) − b·p_k·(log p_k + H)) / temperature.
    func pullback(choice: Int, logProbability a: Double, entropy b: Double, temperature: Double = 1) -> [Double] {
      logs.enumerated().map { index, log in
        let p = Double.exp(log)
        return (a * ((index == choice ? 1 : 0) - p) - b * p * (log + entropy)) / temperature
      }
    }
  }

  @Test(arguments: GoldenFile.steps("grpo_loss_to_logits"))
  func groupRelativeLossToLogits(_ step: GoldenStep) {
    defer { step.settle() }
    let mask = step.input["mask"].matrix
    let ragged = Ragged(mask)
    let heads = step.input["logits"].list.map { $0.matrix.map { Categorical(logits: $0) } }
    let choices = step.input["ids"].list.map(\.ints)
    let logs = zip(heads, choices).map { zip($0, $1).map { $0.logs[$1] } }
    let (objective, aggregation) = TRLObjective.make(step)
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: ragged.flat(logs),
      behaviorLogProbabilities: ragged.flat(step.input["old_logp"].matrix),
      referenceLogProbabilities: ragged.flat(step.input["ref_logp"].matrix),
      entropies: ragged.flat(heads.map { $0.map(\.entropy) }), advantages: ragged.spread(step.input["advantages"].doubles),
      weights: ragged.weights(aggregation, of: TRLObjective.extent(step.params)))
    // TRL's entropy bonus is the mean over tokens, whatever the aggregation of the policy loss.
    let bonus = Objective([(step.params["entropy_coef"].double, EntropyBonus())])
    let policy = Objective(objective.summands.filter { !($0.term is EntropyBonus) }.map { ($0.coefficient, $0.term) })
    let first = policy.evaluate(block)
    let mean = TokenBlock(
      sequences: ragged.sequences, logProbabilities: block.logProbabilities, entropies: block.entropies,
      weights: ragged.weights(TokenMean()))
    let second = bonus.evaluate(mean)
    expectClose(first.report.loss + second.report.loss, step.expected["loss"].double)
    let a = ragged.padded(first.gradients.logProbabilities)
    let b = ragged.padded(second.gradients.entropies)
    for (row, expected) in step.expected["grad_logits"].list.enumerated() {
      for (token, expected) in expected.matrix.enumerated() {
        let gradient = heads[row][token].pullback(
          choice: choices[row][token], logProbability: a[row][token], entropy: b[row][token])
        expectClose(gradient, expected)
      }
    }
  }

  @Test(arguments: GoldenFile.steps("entropy_masked"))
  func maskedEntropy(_ step: GoldenStep) {
    defer { step.settle() }
    if step.params["agg"].text != "token-mean" { step.unknown(step.params["agg"]) }
    let ragged = Ragged(step.input["mask"].matrix)
    let heads = step.input["logits"].list.map { $0.matrix.map { Categorical(logits: $0) } }
    let entropies = heads.map { $0.map(\.entropy) }
    expectClose(entropies.flatMap { $0 }, step.expected["entropy"].matrix.flatMap { $0 })
    let flat = ragged.flat(entropies)
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: flat.map { _ in -1 }, entropies: flat, weights: ragged.weights(TokenMean())
    )
    let (gradients, report) = Objective([(-1, EntropyBonus())]).evaluate(block)
    expectClose(report.loss, step.expected["mean"].double)
    let cotangents = ragged.padded(gradients.entropies)
    for (row, expected) in step.expected["grad_logits"].list.enumerated() {
      for (token, expected) in expected.matrix.enumerated() {
        expectClose(heads[row][token].pullback(choice: 0, logProbability: 0, entropy: cotangents[row][token]), expected)
      }
    }
  }

  @Test(arguments: GoldenFile.steps("selective_log_softmax"))
  func chosenLogProbabilities(_ step: GoldenStep) {
    defer { step.settle() }
    let temperature = step.params["temperature"].double
    for (row, logits) in step.input["logits"].list.enumerated() {
      for (token, logits) in logits.matrix.enumerated() {
        let head = Categorical(logits: logits, temperature: temperature)
        let choice = step.input["ids"].list[row].ints[token]
        expectClose(head.logs[choice], step.expected["logp"].matrix[row][token])
        let upstream = step.input["upstream"].matrix[row][token]
        expectClose(
          head.pullback(choice: choice, logProbability: upstream, entropy: 0, temperature: temperature),
          step.expected["grad_logits"].list[row].matrix[token])
      }
    }
  }

  @Test(arguments: GoldenFile.steps("entropy_bonus_categorical"))
  func entropyBonusOfStableBaselines(_ step: GoldenStep) {
    defer { step.settle() }
    let heads = step.input["logits"].matrix.map { Categorical(logits: $0) }
    let entropies = heads.map(\.entropy)
    let count = Double(heads.count)
    let block = TokenBlock(
      sequences: [0..<heads.count], logProbabilities: zip(heads, step.input["actions"].ints).map { $0.logs[$1] },
      entropies: entropies, weights: entropies.map { _ in 1 / count })
    expectClose(block.logProbabilities, step.expected["log_prob"].doubles)
    expectClose(entropies, step.expected["entropy"].doubles)
    let (gradients, report) = Objective([(1, EntropyBonus())]).evaluate(block)
    expectClose(report.loss, step.expected["entropy_loss"].double)
    for (index, expected) in step.expected["grad_logits"].matrix.enumerated() {
      expectClose(heads[index].pullback(choice: 0, logProbability: 0, entropy: gradients.entropies[index]), expected)
    }
  }

  /// A continuous action is a token whose log-probability is a density.
  @Test(arguments: GoldenFile.steps("diag_gaussian"))
  func gaussian(_ step: GoldenStep) {
    defer { step.settle() }
    if step.params["objective"].text != "sum(upstream*log_prob) + mean(entropy)" { step.unknown(step.params["objective"]) }
    let logDeviations = step.input["log_std"].doubles
    let deviations = logDeviations.map { Double.exp($0) }
    // Dimensions are independent: their log-densities and entropies add up.
    let scores = zip(step.input["actions"].matrix, step.input["mean"].matrix).map { action, mean -> [Double] in
      #expect(action.count == deviations.count && mean.count == deviations.count)
      return zip(zip(action, mean), deviations).map { ($0.0 - $0.1) / $1 }
    }
    let logs = scores.map { row in
      zip(row, logDeviations).reduce(0) { $0 - 0.5 * $1.0 * $1.0 - $1.1 - 0.5 * Double.log(2 * .pi) }
    }
    let entropies = scores.map { _ in logDeviations.reduce(0) { $0 + 0.5 + 0.5 * Double.log(2 * .pi) + $1 } }
    expectClose(logs, step.expected["log_prob"].doubles)
    expectClose(entropies, step.expected["entropy"].doubles)
    // Σ upstream·log π is the likelihood term with weights −upstream; the mean entropy is a negative bonus.
    let upstream = step.input["upstream"].doubles
    let likelihood = TokenBlock(sequences: [0..<logs.count], logProbabilities: logs, weights: upstream.map { -$0 })
    let bonus = TokenBlock(
      sequences: [0..<logs.count], logProbabilities: logs, entropies: entropies,
      weights: logs.map { _ in 1 / Double(logs.count) })
    let a = Objective([(1, NegativeLogLikelihood())]).evaluate(likelihood).gradients.logProbabilities
    let b = Objective([(-1, EntropyBonus())]).evaluate(bonus).gradients.entropies
    let byMean = zip(a, scores).flatMap { a, row in zip(row, deviations).map { a * $0 / $1 } }
    expectClose(byMean, step.expected["grad_mean"].matrix.flatMap { $0 })
    let byLogDeviation = deviations.indices.map { dimension in
      zip(a, scores).reduce(0) { $0 + $1.0 * ($1.1[dimension] * $1.1[dimension] - 1) } + b.reduce(0, +)
    }
    expectClose(byLogDeviation, step.expected["grad_log_std"].doubles)
  }
}
