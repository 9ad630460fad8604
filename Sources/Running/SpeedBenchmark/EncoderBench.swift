import AudioLanguageModel
import Tensors
import Timelines

/// A pretraining step of the music encoder: forward, backward, clipping and AdamW on 16 tracks.
struct EncoderBench: BenchFamily {
  private var trainer: EncoderTrainer
  private let batch: [(spectrogram: Tensor, timeline: Timeline)]
  /// Operations of a step's matrix products.
  private let operations: Double

  init(_ material: BenchMaterial) {
    trainer = EncoderTrainer(material.encoder, seed: BenchMaterial.seed)
    batch = material.spectrograms
    operations = batch.reduce(0) { $0 + Self.operations(of: material.encoder, frames: $1.spectrogram.rows) }
  }

  /// Three times the forward operations, less the derivative by the spectrogram, which nothing needs: a map of 5 frames at once.
  private static func operations(of encoder: MusicEncoder, frames: Int) -> Double {
    let configuration = encoder.configuration
    let stem = 2 * Double(frames * configuration.bands * configuration.width)
    return 3 * encoder.forwardOperations(ofSpectrogramFrames: frames) - stem
  }

  var rows: [BenchRow] {
    [
      BenchRow(
        "encoder_step", "encoder training step", unit: "GFLOP/s", .rate, limit: "products, all threads",
        explanation: "forward, backward, clipping and AdamW on \(batch.count) composed tracks; products alone are counted, "
          + "\(BenchNumber.text(operations / 1e9)) GFLOP a step")
    ]
  }

  mutating func measure(beside limits: MachineLimits) throws -> [BenchSample] {
    let start = ContinuousClock.now
    _ = try trainer.step(batch, learningRate: 1e-5)
    return [BenchSample(operations / start.elapsed / 1e9, limit: limits.productsOnAllThreads / 1e9)]
  }
}
