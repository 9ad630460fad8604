import Randomness
import Tensors
import Testing

@Suite struct AdamWTests {
  @Test func fiveStepsMatchTorch() throws {
    // torch's other optimisers, which Takt does not have, are passed over by name.
    let absent: Set = ["Adam", "SGD", "RMSprop"]
    for golden in try GoldenCase.cases(of: "optimizer", others: true) where !absent.contains(golden.params["kind"]?.text ?? "")
    {
      golden.knows(
        params: ["kind", "lr", "weight_decay", "betas", "eps"], input: ["params", "grads_per_step", "lr_per_step"],
        expected: ["params_per_step"])
      #expect(golden.params["kind"]?.text == "AdamW")
      func parameter(_ name: String) throws -> [Float] { try #require(golden.params[name]?.floats) }
      let initial = try #require(golden.input["params"]?.items)
      var parameters = ParameterSet()
      let ids = initial.enumerated().map { parameters.add("p\($0)", Tensor(shape: $1.shape, values: $1.floats)) }
      let betas = try parameter("betas")
      var optimizer = AdamW(
        for: parameters, beta1: betas[0], beta2: betas[1], epsilon: try parameter("eps")[0],
        weightDecay: try parameter("weight_decay")[0])
      let rates = try #require(golden.input["lr_per_step"]?.floats)
      let gradients = try #require(golden.input["grads_per_step"]?.items)
      let expected = try #require(golden.expected["params_per_step"]?.items)
      for step in rates.indices {
        var gradient = Gradients(for: parameters)
        for (id, values) in zip(ids, gradients[step].items) {
          gradient[id] = Tensor(shape: values.shape, values: values.floats)
        }
        optimizer.step(&parameters, gradient, learningRate: rates[step])
        expectClose(ids.flatMap { parameters[$0].values }, expected[step].numbers, 1e-6, "parameters after step \(step)")
      }
    }
  }

  @Test func clippingMatchesTorch() throws {
    for golden in try GoldenCase.cases(of: "clip_grad_norm", others: true) {
      golden.knows(params: ["max_norm", "eps"], input: ["grads"], expected: ["total_norm", "grads"])
      #expect(golden.params["eps"]?.numbers == [1e-6])
      let values = try #require(golden.input["grads"]?.items)
      var parameters = ParameterSet()
      var gradients = Gradients(for: parameters)
      let ids = values.enumerated().map { parameters.add("p\($0)", Tensor(shape: $1.shape)) }
      gradients = Gradients(for: parameters)
      for (id, value) in zip(ids, values) { gradients[id] = Tensor(shape: value.shape, values: value.floats) }
      let norm = gradients.norm
      expectClose([Float(norm)], try #require(golden.expected["total_norm"]?.numbers), 1e-6)
      let maximum = try #require(golden.params["max_norm"]?.floats.first)
      gradients.scale(by: AdamW.clippingFactor(norm: norm, maximumNorm: maximum))
      expectClose(ids.flatMap { gradients[$0]?.values ?? [] }, try #require(golden.expected["grads"]).numbers, 1e-6)
    }
  }

  @Test func aFrozenParameterStaysAndLearnsAfreshWhenThawed() {
    let (start, gradient) = (sample([4]), sample([4], seed: 2))
    var parameters = ParameterSet()
    let (frozen, free) = (parameters.add("frozen", start), parameters.add("free", start))
    var gradients = Gradients(for: parameters)
    gradients[frozen] = gradient
    gradients[free] = gradient
    parameters.setTrainable(false, frozen)
    var optimizer = AdamW(for: parameters)
    optimizer.step(&parameters, gradients, learningRate: 0.1)
    #expect(parameters[frozen] == start)
    let once = parameters[free]
    #expect(once != start)
    parameters.setTrainable(true, frozen)
    optimizer.step(&parameters, gradients, learningRate: 0.1)
    #expect(parameters[frozen] == once)
  }

  @Test func aNormThatIsNotFiniteMovesNothing() {
    var parameters = ParameterSet()
    let id = parameters.add("p", sample([3]))
    let before = parameters[id]
    var gradients = Gradients(for: parameters)
    gradients[id] = Tensor(shape: [3], values: [1, .nan, 1])
    var optimizer = AdamW(for: parameters)
    #expect(optimizer.step(&parameters, gradients, learningRate: 0.1, maximumNorm: 1).isNaN)
    #expect(parameters[id] == before)
  }

  @Test func stateRestoredFromBytesContinuesIdentically() throws {
    var parameters = ParameterSet()
    let id = parameters.add("p", sample([5, 3]))
    var gradients = Gradients(for: parameters)
    gradients[id] = sample([5, 3], seed: 4)
    var optimizer = AdamW(for: parameters)
    optimizer.step(&parameters, gradients, learningRate: 0.01, maximumNorm: 1)
    var file = Safetensors(parameters)
    file.append(optimizer.state(named: parameters))
    let read = try Safetensors(decoding: file.encoded())
    var copy = ParameterSet()
    _ = copy.add("p", Tensor(shape: [5, 3]))
    var restored = AdamW(for: copy)
    try copy.restore(read)
    try restored.restore(read, named: copy)
    optimizer.step(&parameters, gradients, learningRate: 0.01, maximumNorm: 1)
    restored.step(&copy, gradients, learningRate: 0.01, maximumNorm: 1)
    #expect(copy[id] == parameters[id])
  }

  @Test func stateThatIsNoCountOfStepsIsRefused() throws {
    var parameters = ParameterSet()
    _ = parameters.add("p", sample([2]))
    var optimizer = AdamW(for: parameters)
    for bad in [Float.nan, -1, .infinity, 1e20] {
      var entries = optimizer.state(named: parameters)
      entries[0].tensor[0] = bad
      #expect(throws: SafetensorsError.self) { try optimizer.restore(Safetensors(entries), named: parameters) }
    }
  }
}
