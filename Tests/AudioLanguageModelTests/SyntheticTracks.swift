import AudioLanguageModel
import Policies
import Randomness
import Tensors

/// Tracks, questions and completions drawn at random, for tests that need something to hold.
struct SyntheticTracks {
  static let frameWidth = 6
  static let encoder = {
    var configuration = MusicEncoderConfiguration()
    configuration.width = frameWidth
    return configuration
  }()

  private var random: RandomStream

  init(seed: UInt64) {
    random = RandomStream(seed: seed)
  }

  /// A shape small enough for finite differences.
  ///
  /// `isAmple` turns on all that the default shape does without: times of minutes and seconds, audio tokens that see the whole
  /// track and stand close at transitions, text tokens that hold those before them.
  static func tinyConfiguration(
    hasValueHead: Bool = true, adapterRank: Int = 0, isAmple: Bool = false
  ) -> EmbeddedPolicyConfiguration {
    var configuration = EmbeddedPolicyConfiguration()
    configuration.model.width = 16
    configuration.model.layerCount = 2
    configuration.model.headCount = 2
    configuration.model.feedForwardWidth = 24
    configuration.model.projectorWidth = 12
    configuration.model.maximumSeconds = 12
    configuration.model.maximumTextTokens = 24
    configuration.model.hasValueHead = hasValueHead
    configuration.model.adapterRank = adapterRank
    configuration.model.adapterScale = 2
    configuration.tracksPerShard = 2
    if isAmple {
      configuration.model.maximumSeconds = 130
      configuration.model.times = .clock
      configuration.model.listening = .full
      configuration.model.sampling = .dynamic
      configuration.model.tokensPerSecond = 1.5
      configuration.model.precedingTokens = 2
    }
    return configuration
  }

  static func tinyPolicy(
    hasValueHead: Bool = true, isAmple: Bool = false, seed: UInt64 = 3, threads: Int = 2
  ) -> EmbeddedPolicy {
    EmbeddedPolicy(
      tinyConfiguration(hasValueHead: hasValueHead, isAmple: isAmple), encoder: encoder, seed: seed, threads: threads)
  }

  mutating func audio(_ trackID: String, seconds: Int, frameWidth: Int = SyntheticTracks.frameWidth) -> EncodedAudio {
    let count = 5 * seconds
    let frames = Tensor(normal: [count, frameWidth], standardDeviation: 1, using: &random)
    var heads = Tensor(shape: [count, 27])
    for index in 0..<heads.count { heads[index] = Float(random.uniform()) }
    return EncodedAudio(trackID: trackID, duration: Double(seconds), frames: frames, heads: heads)
  }

  mutating func completion(in vocabulary: Vocabulary, count: Int) -> [Token] {
    (0..<count - 1).map { _ in Token(random.integer(in: 2...vocabulary.count - 1)) } + [Vocabulary.end]
  }

  /// Three tracks, five questions, completions of several lengths in mixed order.
  mutating func batch(for policy: EmbeddedPolicy) throws -> TokenBatch<AudioPrompt> {
    let tracks = [audio("a", seconds: 9), audio("b", seconds: 7), audio("c", seconds: 10)]
    let questions = [
      (0, "When does the piano first start to play?"), (1, "When is(are) the highest arousal duration(s) in this audio?"),
      (0, "When does the drums finally stop playing?"), (2, "Describe by instrument"), (1, "Describe in time order"),
    ]
    let prompts = try questions.map { try policy.prompt(tracks[$0.0], question: $0.1) }
    let promptIndices = [0, 3, 1, 0, 2, 4, 1, 0, 3]
    let lengths = [2, 5, 4, 1, 3, 2, 2, 6, 1]
    return TokenBatch(
      prompts: prompts, completions: lengths.map { completion(in: policy.vocabulary, count: $0) },
      promptIndices: promptIndices)
  }

  /// Standard normal cotangents in the shape of `outputs`.
  mutating func cotangents(like outputs: TokenOutputs) -> TokenCotangents {
    var cotangents = TokenCotangents(zerosLike: outputs)
    func draw(_ values: inout [Float]) {
      values = Tensor(normal: [values.count], standardDeviation: 1, using: &random).values
    }
    draw(&cotangents.logProbabilities)
    draw(&cotangents.entropies)
    draw(&cotangents.values)
    return cotangents
  }
}

/// The largest absolute difference of two equally long arrays.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

/// Whether two files are the same; a failed expectation then prints a word, not the bytes.
func sameBytes(_ a: [UInt8], _ b: [UInt8]) -> Bool { a == b }
