import AudioLanguageModel
package import Tensors
package import Timelines

extension Curve {
  /// One column of an encoder's head outputs, each number transformed.
  package init(of heads: Tensor, column: Int, _ transform: (Float) -> Float = { $0 }) {
    self.init(
      values: (0..<heads.rows).map { transform(heads[$0, column]) }, rate: Double(MusicEncoderConfiguration.framesPerSecond))
  }
}
