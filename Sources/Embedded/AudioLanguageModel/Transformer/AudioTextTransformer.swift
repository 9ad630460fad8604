import Policies
import Tensors

/// A causal transformer that reads a track, about one token a second, then a question, and predicts the answer token by token.
///
/// The audio token at second s is 0.1 · projector(frames around s) + injection · heads around s + E[s], where E[s] is the
/// embedding of the token that writes second s, a vector of its own or the sum of those of its minute and of the second in it: a time that is heard and a time that is written share one vector, so that
/// attending to a second suffices to name it. Blocks are pre-norm (Xiong et al. 2020, *On Layer Normalization in the Transformer
/// Architecture*); output logits use the token embeddings again (Press and Wolf 2017, *Using the Output Embedding*).
struct AudioTextTransformer: Sendable {
  let configuration: AudioLanguageModelConfiguration
  let vocabulary: Vocabulary
  let ids: TransformerParameters
  /// The shape of what the encoder hands over.
  let encoder: MusicEncoderConfiguration
  var parameters: ParameterSet

  /// Where the audio tokens of a track stand.
  func placement(of audio: EncodedAudio) -> AudioTokenPlacement {
    AudioTokenPlacement(
      audio, sampling: configuration.sampling, tokensPerSecond: configuration.tokensPerSecond, layout: encoder.heads)
  }

  /// How the model lays out its token trees.
  var treeLayout: TokenTree.Layout {
    TokenTree.Layout(audioIsCausal: configuration.listening == .causal, precedingTokens: configuration.precedingTokens)
  }

  /// Freshly drawn parameters.
  init(_ configuration: AudioLanguageModelConfiguration, encoder: MusicEncoderConfiguration, seed: UInt64) {
    self.configuration = configuration
    self.encoder = encoder
    vocabulary = Vocabulary(
      maximumSeconds: configuration.maximumSeconds, additionalWords: configuration.additionalWords + encoder.instruments)
    var parameters = ParameterSet()
    ids = TransformerParameters(
      configuration, encoder: encoder, vocabulary: vocabulary, seed: seed, into: &parameters)
    self.parameters = parameters
  }
}
