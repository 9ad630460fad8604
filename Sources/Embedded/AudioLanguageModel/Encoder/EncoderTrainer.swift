import Randomness
package import Tensors
package import Timelines
import Work

/// Trains a music encoder on tracks with known timelines.
///
/// AdamW with β = (0.9, 0.98), or Muon with μ = 0.95 for every matrix but the positions and the head; decay 0.01, gradient norm
/// clipped to 1. Every step augments each track from a stream of (seed, step, place in the batch). Results do not depend on the
/// number of threads.
package struct EncoderTrainer: Sendable {
  package private(set) var encoder: MusicEncoder
  /// Steps taken so far.
  package private(set) var stepCount = 0
  private var optimizer: any Optimizer
  private let stream: RandomStream

  /// What one step did.
  package struct Report: Sendable, Hashable {
    /// The loss before the step.
    package var loss: EncoderLoss
    /// The gradient's norm before clipping.
    package var gradientNorm: Double
  }

  private static let maximumNorm: Float = 1
  /// Tracks that go through one tape together; part of the result's last digits, so that threads are not.
  private static let tracksPerShard = 2

  package init(_ encoder: MusicEncoder, optimizer kind: OptimizerKind = .adamw, seed: UInt64) {
    self.encoder = encoder
    let adamW = AdamW(for: encoder.parameters, beta1: 0.9, beta2: 0.98, weightDecay: 0.01)
    optimizer = kind.optimizer(for: encoder.parameters, adamW: adamW) { !["positions", "head/weight"].contains($0) }
    stream = RandomStream(seed: seed)
  }

  /// Takes one step on a batch of spectrograms [frames, bands] with their timelines.
  ///
  /// Throws `.badSpectrogram` where the encoder cannot take one, `.nonFinite` where the gradient is not finite; either moves
  /// nothing.
  package mutating func step(
    _ batch: [(spectrogram: Tensor, timeline: Timeline)], learningRate: Float, threads: Int = availableThreads
  ) throws(MusicEncoderError) -> Report {
    for track in batch { try encoder.check(track.spectrogram, of: track.timeline.trackID) }
    let (loss, gradients) = differentiate(batch, threads: threads)
    let norm = optimizer.step(
      &encoder.parameters, gradients, learningRate: learningRate, maximumNorm: Self.maximumNorm, threads: threads)
    guard norm.isFinite else {
      throw MusicEncoderError(
        .nonFinite, "step \(stepCount + 1): the gradient's norm is \(norm); lower the learning rate or check the spectrograms")
    }
    stepCount += 1
    return Report(loss: loss, gradientNorm: norm)
  }

  /// The loss of a batch and its derivative by the parameters.
  package func differentiate(
    _ batch: [(spectrogram: Tensor, timeline: Timeline)], threads: Int
  ) -> (EncoderLoss, Gradients) {
    let size = Self.tracksPerShard
    let shards = stride(from: 0, to: batch.count, by: size).map { $0..<min($0 + size, batch.count) }
    let (encoder, stream, step) = (encoder, stream, stepCount)
    let passes = parallelShards(shards.count, threads: threads) { shard in
      EncoderPass(
        encoder,
        shards[shard].map { SpectrogramAugmentation().applied(to: batch[$0].spectrogram, stream: stream.derived(step, $0)) })
    }
    let heads = passes.flatMap(\.heads)
    let layout = encoder.configuration.heads
    let intensity = encoder.configuration.intensity
    let targets = zip(batch, heads).map {
      EncoderTargets($0.timeline, heads: layout, frames: $1.rows, intensity: intensity)
    }
    let (loss, derivatives) = EncoderLoss.evaluate(heads, targets, layout: layout)
    let parts = parallelShards(shards.count, threads: threads) { passes[$0].gradients(for: derivatives[shards[$0]]) }
    var gradients = Gradients(for: encoder.parameters)
    for part in parts { gradients.add(part) }
    return (loss, gradients)
  }
}

extension EncoderTrainer {
  private static let stepKey = "step"

  /// Encoder, optimiser and step count as bytes that `restore` takes back exactly; `MusicEncoder(decoding:)` reads them too.
  package func checkpoint() -> [UInt8] {
    var file = encoder.safetensors()
    file.append(optimizer.state(named: encoder.parameters))
    file.metadata[Self.stepKey] = "\(stepCount)"
    return file.encoded()
  }

  /// Continues where ``checkpoint()`` was taken.
  ///
  /// Throws `.badCheckpoint` and then changes nothing.
  package mutating func restore(_ checkpoint: [UInt8]) throws(MusicEncoderError) {
    var restored = self
    do throws(SafetensorsError) {
      let file = try Safetensors(decoding: checkpoint)
      guard let step = file.metadata[Self.stepKey].flatMap(Int.init), step >= 0 else {
        throw SafetensorsError(.missingTensor, "the metadata lack the number of steps; this is no trainer's checkpoint")
      }
      try restored.encoder.parameters.restore(file)
      try restored.optimizer.restore(file, named: encoder.parameters)
      restored.stepCount = step
    } catch {
      throw MusicEncoderError(.badCheckpoint, "this is no checkpoint of this encoder's training", cause: error)
    }
    self = restored
  }
}
