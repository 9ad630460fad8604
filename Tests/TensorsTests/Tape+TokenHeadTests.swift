import RealModule
import Tensors
import Testing

@Suite struct TokenHeadTests {
  static let tokens: [Int32] = [0, 4, 2, 6, 6]

  @Test(arguments: [0.5, 1, 1.7]) func headMatchesLoops(temperature: Double) {
    expectOperation(on: [sample([5, 3]), sample([7, 3], seed: 2), sample([7], seed: 3)]) {
      let head = $0.tokenHead($1[0], $1[1], bias: $1[2], tokens: Self.tokens, temperature: Float(temperature))
      return [head.logProbabilities, head.entropies]
    } matches: {
      statistics(linear($0[0], $0[1], $0[2], inputs: 3).map { $0 / temperature }, tokens: Self.tokens)
    }
  }

  @Test func entropyAloneAndLogProbabilityAloneHaveTheirDerivatives() {
    expectOperation(on: [sample([5, 7], scale: 2)]) {
      [$0.tokenStatistics($1[0], tokens: Self.tokens).entropies]
    } matches: {
      Array(statistics($0[0], tokens: Self.tokens)[5...])
    }
    expectOperation(on: [sample([5, 7], scale: 2)]) {
      [$0.tokenStatistics($1[0], tokens: Self.tokens).logProbabilities]
    } matches: {
      Array(statistics($0[0], tokens: Self.tokens)[..<5])
    }
  }

  @Test func extremeLogitsStayFinite() {
    let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
    let logits = tape.input(Tensor(shape: [2, 3], values: [1e4, -1e4, 0, 3e4, 3e4, -3e4]))
    let (logProbabilities, entropies) = tape.tokenStatistics(logits, tokens: [1, 0])
    #expect(logProbabilities.value.values == [-2e4, -Float.log(2)])
    #expect(entropies.value.values == [0, Float.log(2)])
    let ones = Tensor(shape: [2], repeating: 1)
    let derivative = tape.backward([(logProbabilities, ones), (entropies, ones)], by: [logits]).others[0]
    #expect(derivative.values == [-1, 1, 0, 0.5, -0.5, 0])
  }

  @Test func selectiveLogSoftmaxMatchesTRL() throws {
    for golden in try GoldenCase.cases(of: "selective_log_softmax") {
      let temperature = try #require(golden.params["temperature"]?.floats.first)
      let (logits, tokens) = try inputs(of: golden, tokens: "ids")
      let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
      let x = tape.input(logits)
      let y = tape.tokenStatistics(x, tokens: tokens, temperature: temperature).logProbabilities
      expectClose(y.value.values, try #require(golden.expected["logp"]?.numbers), 2e-6)
      let upstream = try #require(golden.input["upstream"]?.floats)
      let derivative = tape.backward([(y, Tensor(shape: y.shape, values: upstream))], by: [x]).others[0]
      expectClose(derivative.values, try #require(golden.expected["grad_logits"]?.numbers), 2e-6)
    }
  }

  @Test func entropyMatchesVerl() throws {
    for golden in try GoldenCase.cases(of: "entropy_masked") {
      let logits = try inputs(of: golden).0
      let mask = try #require(golden.input["mask"]?.floats)
      let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
      let x = tape.input(logits)
      let y = tape.tokenStatistics(x, tokens: [Int32](repeating: 0, count: logits.rows)).entropies
      expectClose(y.value.values, try #require(golden.expected["entropy"]?.numbers), 2e-6)
      let weight = 1 / mask.reduce(0, +)
      let derivative = tape.backward([(y, Tensor(shape: y.shape, values: mask.map { $0 * weight }))], by: [x]).others[0]
      expectClose(derivative.values, try #require(golden.expected["grad_logits"]?.numbers), 2e-6)
    }
  }

  @Test func categoricalEntropyMatchesStableBaselines() throws {
    for golden in try GoldenCase.cases(of: "entropy_bonus_categorical") {
      let (logits, tokens) = try inputs(of: golden, tokens: "actions")
      let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
      let x = tape.input(logits)
      let (logProbabilities, entropies) = tape.tokenStatistics(x, tokens: tokens)
      expectClose(logProbabilities.value.values, try #require(golden.expected["log_prob"]?.numbers), 2e-6)
      expectClose(entropies.value.values, try #require(golden.expected["entropy"]?.numbers), 2e-6)
      let seed = Tensor(shape: entropies.shape, repeating: -1 / Float(tokens.count))
      let derivative = tape.backward([(entropies, seed)], by: [x]).others[0]
      expectClose(derivative.values, try #require(golden.expected["grad_logits"]?.numbers), 2e-6)
    }
  }

  /// TRL's GRPO loss with k3 KL and entropy bonus: its cotangents written out here, the way to the logits by the tape.
  @Test func grpoLossReachesTheLogitsAsInTRL() throws {
    for golden in try GoldenCase.cases(of: "grpo_loss_to_logits") {
      let (logits, tokens) = try inputs(of: golden, tokens: "ids")
      let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
      let x = tape.input(logits)
      let (logProbabilities, entropies) = tape.tokenStatistics(x, tokens: tokens)
      let (loss, a, b) = try grpoLoss(golden, logProbabilities: logProbabilities.value, entropies: entropies.value)
      #expect(abs(loss - (try #require(golden.expected["loss"]?.numbers.first))) < 2e-6)
      let derivative = tape.backward([(logProbabilities, a), (entropies, b)], by: [x]).others[0]
      expectClose(derivative.values, try #require(golden.expected["grad_logits"]?.numbers), 2e-6)
    }
  }

  /// Loss, derivative by the log-probabilities, and derivative by the entropies.
  private func grpoLoss(_ golden: GoldenCase, logProbabilities: Tensor, entropies: Tensor) throws -> (Double, Tensor, Tensor) {
    func parameter(_ name: String) throws -> Double { try #require(golden.params[name]?.numbers.first) }
    func input(_ name: String) throws -> [Double] { try #require(golden.input[name]?.numbers) }
    let (mask, old, reference, advantages) = (
      try input("mask"), try input("old_logp"), try input("ref_logp"), try input("advantages")
    )
    let range = 1 - (try parameter("eps_low"))...1 + (try parameter("eps_high"))
    let (beta, bonus) = (try parameter("beta"), try parameter("entropy_coef"))
    let width = mask.count / advantages.count
    let lengths = advantages.indices.map { mask[$0 * width..<($0 + 1) * width].reduce(0, +) }
    let isPerSequence = golden.params["loss_type"]?.text == "grpo"
    let items = try parameter("num_items_in_batch")
    var loss = 0.0
    var (a, b) = (Tensor(shape: [mask.count]), Tensor(shape: [mask.count]))
    for index in mask.indices where mask[index] > 0 {
      let row = index / width
      let weight = isPerSequence ? 1 / (lengths[row] * Double(advantages.count)) : 1 / items
      let entropyWeight = bonus / mask.reduce(0, +)
      let advantage = advantages[row]
      let ratio = Double.exp(Double(logProbabilities[index]) - old[index])
      let clipped = min(max(ratio, range.lowerBound), range.upperBound)
      let gap = reference[index] - Double(logProbabilities[index])
      loss += weight * (-min(ratio * advantage, clipped * advantage) + beta * (Double.exp(gap) - gap - 1))
      loss -= entropyWeight * Double(entropies[index])
      let slope = ratio * advantage <= clipped * advantage ? -ratio * advantage : 0
      a[index] = Float(weight * (slope + beta * (1 - Double.exp(gap))))
      b[index] = Float(-entropyWeight)
    }
    return (loss, a, b)
  }

  private func inputs(of golden: GoldenCase, tokens name: String? = nil) throws -> (Tensor, [Int32]) {
    let logits = try #require(golden.input["logits"])
    let vocabulary = try #require(logits.shape.last)
    let tokens = try name.map { try #require(golden.input[$0]?.numbers).map { Int32($0) } } ?? []
    return (Tensor(shape: [logits.numbers.count / vocabulary, vocabulary], values: logits.floats), tokens)
  }

  /// Log-probabilities of the tokens, then entropies, from logits.
  func statistics(_ logits: [Double], tokens: [Int32]) -> [Double] {
    let vocabulary = logits.count / tokens.count
    let rows = tokens.indices.map { Array(logits[$0 * vocabulary..<($0 + 1) * vocabulary]) }
    let logP = rows.map { row in
      let normalizer = Double.log(row.reduce(0) { $0 + Double.exp($1) })
      return row.map { $0 - normalizer }
    }
    return zip(logP, tokens).map { $0[Int($1)] } + logP.map { -$0.reduce(0) { $0 + Double.exp($1) * $1 } }
  }
}
