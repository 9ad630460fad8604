import Randomness
import RealModule
package import Tensors

/// A small network that hears transitions, intensity and instruments in log-mel spectrograms.
///
/// A stem of convolutions (kernel 5, stride 5; residual kernel 3; kernel 4, stride 2) takes 50 frames a second to 5, a layer
/// norm and learned positions follow, then residual blocks of dilated convolutions, one pre-norm transformer layer without
/// causal mask, a last norm and a linear head. With the default configuration 660 thousand parameters. Local convolutions
/// matter: with transformer layers in their place the same training finds about half as many transitions.
package struct MusicEncoder: Sendable {
  package private(set) var configuration: MusicEncoderConfiguration
  package var parameters: ParameterSet
  let layout: Layout

  /// A weight with its bias, or the gain and bias of a norm.
  struct Pair: Sendable {
    let weight: ParameterID
    let bias: ParameterID
  }

  struct Block: Sendable {
    let norm: Pair
    let convolution: Pair
    let output: Pair
    let dilation: Int
  }

  /// Where each layer's parameters are.
  struct Layout: Sendable {
    let stem: Pair
    let residual: Pair
    let reduction: Pair
    let stemNorm: Pair
    let positions: ParameterID
    let blocks: [Block]
    let attentionNorm: Pair
    let query: Pair
    let key: Pair
    let value: Pair
    let attentionOutput: Pair
    let feedForwardNorm: Pair
    let expansion: Pair
    let contraction: Pair
    let finalNorm: Pair
    let head: Pair
  }

  static let stemTaps = 5
  static let residualTaps = 3
  static let reductionTaps = 4
  static let blockTaps = 5

  /// An untrained encoder.
  ///
  /// The same configuration and seed give the same parameters.
  package init(configuration: MusicEncoderConfiguration = MusicEncoderConfiguration(), seed: UInt64) {
    var builder = LayerBuilder(stream: RandomStream(seed: seed))
    let (width, bands) = (configuration.width, configuration.bands)
    let stem = builder.linear("stem", inputs: Self.stemTaps * bands, outputs: width)
    let residual = builder.linear("residual", inputs: Self.residualTaps * width, outputs: width)
    let reduction = builder.linear("reduction", inputs: Self.reductionTaps * width, outputs: width)
    let stemNorm = builder.norm("stem_norm", width: width)
    let positions = builder.table("positions", rows: configuration.maximumFrames, width: width)
    let blocks = configuration.dilations.enumerated().map { index, dilation in
      Block(
        norm: builder.norm("block\(index)/norm", width: width),
        convolution: builder.linear("block\(index)/convolution", inputs: Self.blockTaps * width, outputs: width),
        output: builder.linear("block\(index)/output", inputs: width, outputs: width), dilation: dilation)
    }
    layout = Layout(
      stem: stem, residual: residual, reduction: reduction, stemNorm: stemNorm, positions: positions, blocks: blocks,
      attentionNorm: builder.norm("attention/norm", width: width),
      query: builder.linear("attention/query", inputs: width, outputs: width),
      key: builder.linear("attention/key", inputs: width, outputs: width),
      value: builder.linear("attention/value", inputs: width, outputs: width),
      attentionOutput: builder.linear("attention/output", inputs: width, outputs: width),
      feedForwardNorm: builder.norm("feed_forward/norm", width: width),
      expansion: builder.linear("feed_forward/expansion", inputs: width, outputs: configuration.feedForwardWidth),
      contraction: builder.linear("feed_forward/contraction", inputs: configuration.feedForwardWidth, outputs: width),
      finalNorm: builder.norm("final_norm", width: width),
      head: builder.linear("head", inputs: width, outputs: configuration.heads.count))
    parameters = builder.parameters
    self.configuration = configuration
  }

  /// The same encoder with columns of its head for these instruments, no two the same.
  ///
  /// Those that it knows keep theirs, others start untrained, drawn from `seed`; instruments that are not named are forgotten.
  package func listening(to instruments: [String], seed: UInt64) -> MusicEncoder {
    var wider = configuration
    wider.instruments = instruments
    var other = MusicEncoder(configuration: wider, seed: seed)
    let head = [layout.head.weight, layout.head.bias]
    for id in parameters.ids where !head.contains(id) { other.parameters[id] = parameters[id] }
    for (from, to) in configuration.heads.columns(in: wider.heads) {
      for input in 0..<configuration.width {
        other.parameters[layout.head.weight][to, input] = parameters[layout.head.weight][from, input]
      }
      other.parameters[layout.head.bias][to] = parameters[layout.head.bias][from]
    }
    return other
  }

  /// The same encoder, which learns the level of intensity from something else from here on.
  package func hearing(_ intensity: IntensityMeaning) -> MusicEncoder {
    var other = self
    other.configuration.intensity = intensity
    return other
  }

  /// Adds layers to a parameter set, with weights of variance 1 / inputs and biases of 0.
  private struct LayerBuilder {
    var parameters = ParameterSet()
    var stream: RandomStream

    init(stream: RandomStream) {
      self.stream = stream
    }

    mutating func linear(_ name: String, inputs: Int, outputs: Int) -> Pair {
      let deviation = 1 / Float.sqrt(Float(inputs))
      let weight = Tensor(normal: [outputs, inputs], standardDeviation: deviation, using: &stream)
      return Pair(
        weight: parameters.add(name + "/weight", weight), bias: parameters.add(name + "/bias", Tensor(shape: [outputs])))
    }

    mutating func norm(_ name: String, width: Int) -> Pair {
      Pair(
        weight: parameters.add(name + "/gain", Tensor(shape: [width], repeating: 1)),
        bias: parameters.add(name + "/bias", Tensor(shape: [width])))
    }

    mutating func table(_ name: String, rows: Int, width: Int) -> ParameterID {
      parameters.add(name, Tensor(normal: [rows, width], standardDeviation: 0.02, using: &stream))
    }
  }
}
