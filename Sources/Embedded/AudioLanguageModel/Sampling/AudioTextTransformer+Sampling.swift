import Policies
import Randomness
import Tensors

extension AudioTextTransformer {
  /// A completion while it is being drawn.
  private struct Lane {
    let prompt: Int
    var stream: RandomStream
    var tokens: [Token] = []
    var logProbabilities: [Float] = []
    var values: [Float] = []

    var hasEnded: Bool { tokens.last == Vocabulary.end }
  }

  /// Draws completions of prompts about a few tracks in lock step.
  ///
  /// - Parameter tracks: each with its requests.
  /// - Returns: one array of completions a request, in the order of tracks, then of requests.
  func sample(
    _ tracks: [(track: TrackGroups.Track, requests: [SamplingRequest<AudioPrompt>])], weights: InferenceWeights,
    with parameters: SamplingParameters
  ) throws(PolicyError) -> [[Completion]] {
    let requests = tracks.flatMap(\.requests)
    let contexts = contexts(of: tracks.map { ($0.track, $0.requests.map(\.prompt.question)) })
    var lanes: [Lane] = []
    for (index, request) in requests.enumerated() {
      let stream = RandomStream(seed: request.seed)
      for sample in 0..<request.count { lanes.append(Lane(prompt: index, stream: stream.derived(sample))) }
    }
    let decoder = LockstepDecoder(weights: weights, contexts: contexts, prompts: lanes.map(\.prompt))
    let logits = FloatBuffer(count: LockstepDecoder.padded(max(lanes.count, contexts.count)) * vocabulary.count)
    var live = Array(lanes.indices)
    for step in 0..<parameters.maximumTokens where !live.isEmpty {
      let isFirst = step == 0
      let hidden =
        isFirst ? decoder.first() : decoder.advance(live, by: live.compactMap { lanes[$0].tokens.last }, step: step - 1)
      let rowCount = isFirst ? contexts.count : live.count
      decoder.logits(of: hidden, count: rowCount, into: logits)
      let distributions = (0..<rowCount).map { row in
        TokenDistribution(
          UnsafeMutableBufferPointer(start: logits.start + row * vocabulary.count, count: vocabulary.count), parameters)
      }
      for (index, lane) in live.enumerated() {
        let row = isFirst ? lanes[lane].prompt : index
        guard let (token, logProbability) = distributions[row].draw(using: &lanes[lane].stream) else {
          throw PolicyError(
            .nonFinite,
            "a logit after \(step) tokens is not a finite number: lower the learning rate or go back to a checkpoint")
        }
        lanes[lane].tokens.append(token)
        lanes[lane].logProbabilities.append(logProbability)
        if let value = decoder.value(of: hidden + row * configuration.width) { lanes[lane].values.append(value) }
      }
      live.removeAll { lanes[$0].hasEnded }
    }
    var completions = requests.map { _ in [Completion]() }
    for lane in lanes { completions[lane.prompt].append(completion(lane)) }
    return completions
  }

  private func completion(_ lane: Lane) -> Completion {
    let (text, offsets) = vocabulary.decodeWithOffsets(lane.tokens)
    return Completion(
      tokens: lane.tokens, logProbabilities: lane.logProbabilities, values: lane.values, text: text, textOffsets: offsets,
      isTruncated: !lane.hasEnded)
  }
}
