import RealModule
import Tensors
import Testing

@Suite struct MuonTests {
  @Test func stepsMatchOptax() throws {
    for golden in try GoldenCase.cases(of: "muon", file: "muon.jsonl") {
      func parameter(_ name: String) throws -> Float { try #require(golden.params[name]?.floats.first) }
      let initial = try #require(golden.input["param"])
      var parameters = ParameterSet()
      let id = parameters.add("layer/weight", Tensor(shape: initial.shape, values: initial.floats))
      let adamW = AdamW(for: parameters, weightDecay: try parameter("weight_decay"))
      var optimizer = Muon(for: parameters, momentum: try parameter("momentum"), others: adamW) { _ in true }
      let expected = try #require(golden.expected["params_per_step"]?.items)
      for (step, values) in try #require(golden.input["grads_per_step"]?.items).enumerated() {
        var gradients = Gradients(for: parameters)
        gradients[id] = Tensor(shape: values.shape, values: values.floats)
        optimizer.step(&parameters, gradients, learningRate: try parameter("lr"))
        expectClose(parameters[id].values, expected[step].numbers, 2e-5, "parameters after step \(step)")
      }
      let matrix = try #require(golden.input["matrix"])
      let direction = Muon.orthogonalized(Tensor(shape: matrix.shape, values: matrix.floats))
      expectClose(direction.values, try #require(golden.expected["orthogonalized"]?.numbers), 2e-4, "orthogonalised")
    }
  }

  @Test(arguments: [[6, 40], [40, 6], [1, 9], [12, 12]])
  func singularValuesComeNearOne(shape: [Int]) {
    let direction = Muon.orthogonalized(sample(shape))
    // For every row or column vector of the shorter side, ‖direction · x‖ / ‖x‖ is a mean of singular values.
    let (rows, columns) = (direction.rows, direction.columns)
    let squares = (0..<min(rows, columns)).map { place in
      (0..<max(rows, columns)).reduce(Float(0)) {
        let value = rows <= columns ? direction[place, $1] : direction[$1, place]
        return $0 + value * value
      }
    }
    for square in squares { #expect((0.4...1.5).contains(Float.sqrt(square)), "\(Float.sqrt(square))") }
  }

  @Test func aDirectionDoesNotDependOnTheGradientsLength() {
    let (small, large) = (sample([7, 5]), sample([7, 5]).values.map { $0 * 1000 })
    let directions = (Muon.orthogonalized(small), Muon.orthogonalized(Tensor(shape: [7, 5], values: large)))
    expectClose(directions.0.values, directions.1.values.map(Double.init), 1e-4)
    #expect(Muon.orthogonalized(Tensor(shape: [3, 4])).values.allSatisfy { $0 == 0 })
  }

  @Test func everythingElseMovesAsUnderAdamW() {
    var parameters = ParameterSet()
    let (weight, bias) = (parameters.add("layer/weight", sample([3, 4])), parameters.add("layer/bias", sample([4], seed: 2)))
    let table = parameters.add("table", sample([5, 4], seed: 3))
    var gradients = Gradients(for: parameters)
    for id in parameters.ids { gradients[id] = sample(parameters[id].shape, seed: 9) }
    var (moved, reference) = (parameters, parameters)
    var adamW = AdamW(for: parameters)
    var muon = Muon(for: parameters, others: adamW) { $0 != "table" }
    for _ in 0..<3 {
      let norms = (
        muon.step(&moved, gradients, learningRate: 0.01, maximumNorm: 1),
        adamW.step(&reference, gradients, learningRate: 0.01, maximumNorm: 1)
      )
      #expect(norms.0 == norms.1)
    }
    #expect(moved[bias] == reference[bias] && moved[table] == reference[table])
    #expect(moved[weight] != reference[weight])
  }

  /// The first of two gradients is a million times too long: clipped, it leaves the second one half of the momentum.
  @Test func clippingWeighsTheGradientsInTheMomentum() {
    func moved(maximumNorm: Float) -> Tensor {
      var parameters = ParameterSet()
      let id = parameters.add("w", Tensor(shape: [2, 2]))
      var muon = Muon(for: parameters, momentum: 0.5, others: AdamW(for: parameters, weightDecay: 0)) { _ in true }
      for values in [[1_000_000, 0, 0, 0], [0, 0, 0, 1]] as [[Float]] {
        var gradients = Gradients(for: parameters)
        gradients[id] = Tensor(shape: [2, 2], values: values)
        muon.step(&parameters, gradients, learningRate: 0.1, maximumNorm: maximumNorm)
      }
      return parameters[id]
    }
    let length = 0.2 * Float(2).squareRoot() * 0.1
    // M after two clipped steps is diag(1/2, 1), g + μM is diag(1/4, 3/2); unclipped the second direction is lost beside 250,000.
    let (clipped, free) = (moved(maximumNorm: 1), moved(maximumNorm: .infinity))
    #expect((-1.3 * length ... -0.6 * length).contains(clipped[1, 1]))
    #expect(abs(free[1, 1]) < 0.5 * length && abs(free[0, 0]) > 1.2 * length)
  }

  @Test func gradientsOfZeroMoveNoMatrix() {
    var parameters = ParameterSet()
    let id = parameters.add("w", sample([3, 3]))
    var muon = Muon(for: parameters, others: AdamW(for: parameters)) { _ in true }
    var gradients = Gradients(for: parameters)
    gradients[id] = sample([3, 3], seed: 4)
    muon.step(&parameters, gradients, learningRate: 0.1)
    let before = parameters[id]
    #expect(muon.step(&parameters, Gradients(for: parameters), learningRate: 0.1) == 0)
    #expect(parameters[id] == before)
  }

  @Test func frozenMatricesStayAndANormThatIsNotFiniteMovesNothing() {
    var parameters = ParameterSet()
    let (frozen, free) = (parameters.add("frozen", sample([3, 3])), parameters.add("free", sample([3, 3])))
    parameters.setTrainable(false, frozen)
    var gradients = Gradients(for: parameters)
    gradients[free] = sample([3, 3], seed: 4)
    var muon = Muon(for: parameters, others: AdamW(for: parameters)) { _ in true }
    muon.step(&parameters, gradients, learningRate: 0.1)
    #expect(parameters[frozen] == sample([3, 3]) && parameters[free] != sample([3, 3]))
    let before = parameters[free]
    gradients[free] = Tensor(shape: [3, 3], repeating: .nan)
    #expect(muon.step(&parameters, gradients, learningRate: 0.1).isNaN)
    #expect(parameters[free] == before)
  }

  @Test func stateRestoredFromBytesContinuesIdenticallyOnAnyNumberOfThreads() throws {
    var parameters = ParameterSet()
    for (name, seed) in [("a", 1), ("b", 2), ("c", 3)] { _ = parameters.add(name, sample([6, 4], seed: UInt64(seed))) }
    _ = parameters.add("bias", sample([4], seed: 8))
    var gradients = Gradients(for: parameters)
    for id in parameters.ids { gradients[id] = sample(parameters[id].shape, seed: 11) }
    var one = Muon(for: parameters, others: AdamW(for: parameters)) { _ in true }
    one.step(&parameters, gradients, learningRate: 0.01)
    var file = Safetensors(parameters)
    file.append(one.state(named: parameters))
    var two = Muon(for: parameters, others: AdamW(for: parameters)) { _ in true }
    try two.restore(Safetensors(decoding: file.encoded()), named: parameters)
    var (first, second) = (parameters, parameters)
    for _ in 0..<2 {
      one.step(&first, gradients, learningRate: 0.01, threads: 1)
      two.step(&second, gradients, learningRate: 0.01, threads: 2)
    }
    #expect(first.ids.allSatisfy { first[$0] == second[$0] })
    var adamW = AdamW(for: parameters)
    #expect(throws: SafetensorsError.self) { try adamW.restore(Safetensors(decoding: file.encoded()), named: parameters) }
  }
}
