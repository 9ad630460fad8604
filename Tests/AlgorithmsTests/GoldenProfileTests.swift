import Algorithms
import Options
import Testing

/// What an experiment gets that names an algorithm, a toolkit and a few options, against the toolkit's own code in double precision.
struct GoldenProfileTests {
  private func algorithm(_ step: ProfileCase, _ more: [String: OptionValue.Content] = [:]) throws -> any Algorithm {
    let options = step.input["options"].options.merging(more) { $1 }
    guard case .text(let name) = options["algorithm"] else { throw OptionError([]) }
    return try AlgorithmFixture.make(name, options)
  }

  /// 10⁻⁹ unless the line says how single the toolkit's precision is.
  private func tolerance(_ step: ProfileCase) -> Double {
    let tolerance = step.input["tol"].optional ?? 1e-9
    #expect(tolerance <= 1e-6)
    return tolerance
  }

  @Test(arguments: GoldenFile.profileCases.filter { $0.operation == "objective" })
  func objective(_ step: ProfileCase) throws {
    defer { step.settle() }
    let algorithm = try algorithm(step)
    let lengths = step.input["lengths"].ints
    let ragged = Ragged(lengths: lengths, width: lengths.max() ?? 0)
    let extent = step.input["extent"]
    let batch =
      extent.isNull
      ? BatchExtent(tokens: lengths.reduce(0, +), minibatches: 1)
      : BatchExtent(tokens: extent["tokens"].int, minibatches: extent["minibatches"].int)
    let weights = { (aggregation: any LossAggregation) in ragged.weights(aggregation, of: batch) }
    let block = TokenBlock(
      sequences: ragged.sequences, logProbabilities: step.input["logp"].doubles,
      behaviorLogProbabilities: step.input["old"].doubles, referenceLogProbabilities: step.input["ref"].doubles,
      samplerLogProbabilities: step.input["sampler"].doubles, entropies: step.input["entropies"].doubles,
      advantages: step.input["advantages"].doubles, weights: weights(algorithm.aggregation),
      entropyWeights: algorithm.entropyAggregation.map(weights) ?? [],
      penaltyWeights: algorithm.penaltyAggregation.map(weights) ?? [])
    let (gradients, report) = algorithm.objective.evaluate(block)
    expectClose(report.loss, step.expected["loss"].double, tolerance(step), "loss")
    expectClose(gradients.logProbabilities, step.expected["grad_logp"].doubles, tolerance(step), "gradient")
  }

  @Test(arguments: GoldenFile.profileCases.filter { $0.operation == "kl" })
  func divergence(_ step: ProfileCase) throws {
    defer { step.settle() }
    let term = step.input["term"]
    if term["kind"].text != "kl" { step.unknown(term["kind"]) }
    guard let toolkit = step.tag.split(separator: " ").first.flatMap({ Profile(rawValue: String($0)) }) else {
      return step.unknown(step.record["tag"])
    }
    let choices = toolkit.choices
    #expect(term["difference"].double == choices.klDifferenceLimit && term["estimate"].double == choices.klEstimateLimit)
    let penalty = ReferenceKL(
      estimator: try #require(KLEstimator(rawValue: term["estimator"].text)),
      clamp: KLClamp(
        difference: choices.klDifferenceLimit, estimate: choices.klEstimateLimit, scope: choices.klClampScope))
    let (policy, reference) = (step.input["logp"].doubles, step.input["ref"].doubles)
    let block = TokenBlock(
      sequences: [0..<policy.count], logProbabilities: policy, referenceLogProbabilities: reference,
      weights: policy.map { _ in 1 })
    let (gradients, report) = Objective([(1, penalty)]).evaluate(block)
    let values = step.expected["value"].doubles
    expectClose(
      zip(block.referenceLogRatios, block.referenceRatios).map { penalty.penalty(difference: $0, ratio: $1).value }, values)
    expectClose(report.loss, values.reduce(0, +))
    expectClose(gradients.logProbabilities, step.expected["derivative"].doubles)
  }

  /// The toolkits' whitening shifts tied groups with the rest: `ties: shifted` does as well, and the default differs there alone.
  @Test(arguments: GoldenFile.profileCases.filter { $0.operation == "credits" })
  func credits(_ step: ProfileCase) throws {
    defer { step.settle() }
    let groups = step.input["groups"].list.map { group in
      group.list.map { member in
        EstimatorInput(
          reward: member["reward"].optional, length: member["length"].int, components: member["components"].optionals,
          values: member["values"].doubles, behavior: member["behavior"].isNull ? nil : member["behavior"].doubles,
          reference: member["reference"].isNull ? nil : member["reference"].doubles)
      }
    }
    for (member, input) in zip(step.input["groups"].list.flatMap(\.list), groups.joined()) {
      #expect(member["length"].int == input.tokenCount)
    }
    let batch = EstimatorBatch(groups: groups, componentWeights: step.input["weights"].doubles)
    let places = step.input["place"].list.map(\.ints)
    let expected = step.expected["rows"].matrix
    #expect(places.count == expected.count && Set(places).count == groups.joined().count)
    let rows = { (algorithm: any Algorithm) -> [[Double]] in
      let credits = algorithm.advantage.estimates(for: batch)
      return places.map { credits[$0[0]][$0[1]].advantages }
    }
    let own = rows(try algorithm(step))
    let tolerance = tolerance(step)
    let agrees = zip(own, expected).allSatisfy { row, expected in
      row.count == expected.count
        && zip(row, expected).allSatisfy { ($0 - $1).magnitude <= tolerance * max(1, $1.magnitude) }
    }
    if agrees { return }
    let shifted = rows(try algorithm(step, ["ties": .text("shifted")]))
    for (index, place) in places.enumerated() {
      expectClose(shifted[index], expected[index], tolerance, "\(place)")
      let isTied = CompletionSelection.isTied(groups[place[0]])
      if isTied { #expect(own[index].allSatisfy { $0 == 0 }) } else { expectClose(own[index], expected[index], tolerance) }
    }
  }
}
