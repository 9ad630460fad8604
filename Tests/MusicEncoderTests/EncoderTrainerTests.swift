import AudioLanguageModel
import Randomness
import Tensors
import Testing
import Timelines

@Suite struct EncoderTrainerTests {
  static let batch = (1...5).map { toneTrack(seed: $0) }

  /// Along a random direction of all parameters, the loss changes as the gradient says.
  @Test func theGradientIsTheSlopeOfTheLoss() {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 2)
    let batch = Array(Self.batch[..<2])
    let gradients = EncoderTrainer(encoder, seed: 1).differentiate(batch, threads: 2).1
    for id in encoder.parameters.ids {
      var stream = RandomStream(seed: 5)
      let shape = encoder.parameters[id].shape
      var direction = Tensor(normal: shape, standardDeviation: 1, using: &stream).values
      let norm = Float(direction.reduce(0.0) { $0 + Double($1 * $1) }.squareRoot())
      direction = direction.map { $0 / norm }
      func loss(_ step: Float) -> Double {
        var moved = encoder
        moved.parameters[id] = Tensor(
          shape: shape, values: zip(encoder.parameters[id].values, direction).map { $0 + step * $1 })
        return EncoderTrainer(moved, seed: 1).differentiate(batch, threads: 2).0.total
      }
      let h: Float = 0.02
      let difference = (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * Double(h))
      let slope = zip(gradients[id]?.values ?? [], direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      #expect(abs(slope - difference) < 2e-3 * max(0.05, abs(difference)), "\(encoder.parameters.name(of: id))")
    }
  }

  @Test func trainingIsTheSameBytesOnAnyNumberOfThreads() throws {
    let results = try [1, 2, 3].map { threads in
      var trainer = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 2), seed: 9)
      for _ in 0..<3 { _ = try trainer.step(Self.batch, learningRate: 1e-2, threads: threads) }
      return trainer.checkpoint()
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func aRestoredTrainerContinuesIdentically() throws {
    var trainer = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 2), seed: 9)
    _ = try trainer.step(Self.batch, learningRate: 1e-2)
    let bytes = trainer.checkpoint()
    var restored = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 77), seed: 9)
    try restored.restore(bytes)
    #expect(restored.stepCount == 1)
    let reports = [try trainer.step(Self.batch, learningRate: 1e-2), try restored.step(Self.batch, learningRate: 1e-2)]
    #expect(reports[0] == reports[1])
    #expect(trainer.checkpoint() == restored.checkpoint())
    #expect(try MusicEncoder(decoding: bytes).configuration == smallConfiguration())
  }

  @Test func muonLearnsAndContinuesIdenticallyWhereItWasRestored() throws {
    var trainer = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 2), optimizer: .muon, seed: 9)
    let first = try trainer.step(Self.batch, learningRate: 5e-3)
    var restored = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 77), optimizer: .muon, seed: 9)
    try restored.restore(trainer.checkpoint())
    for _ in 0..<25 {
      #expect(try trainer.step(Self.batch, learningRate: 5e-3) == restored.step(Self.batch, learningRate: 5e-3, threads: 1))
    }
    #expect(trainer.checkpoint() == restored.checkpoint())
    #expect(try trainer.step(Self.batch, learningRate: 5e-3).loss.total < 0.7 * first.loss.total)
    var other = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 2), seed: 9)
    #expect(throws: MusicEncoderError.self) { try other.restore(trainer.checkpoint()) }
  }

  @Test func anEncodersFileIsNoTrainersCheckpoint() {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 2)
    var trainer = EncoderTrainer(encoder, seed: 9)
    #expect(throws: MusicEncoderError.self) { try trainer.restore(encoder.encoded()) }
    #expect(throws: MusicEncoderError.self) { try trainer.restore([]) }
    #expect(trainer.stepCount == 0)
  }

  @Test func aSpectrogramThatIsNotFiniteMovesNothing() throws {
    var trainer = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 2), seed: 9)
    let before = trainer.checkpoint()
    var batch = Self.batch
    batch[2].spectrogram[100, 3] = .nan
    #expect(throws: MusicEncoderError.self) { try trainer.step(batch, learningRate: 1e-2) }
    #expect(trainer.checkpoint() == before)
  }

  /// A hundred steps on tones that anyone can tell apart: nearly everything is heard in tracks not trained on.
  @Test func tonesAreLearntAndHeardInNewTracks() throws {
    var trainer = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 2), seed: 9)
    let (heard, unheard) = ((1...64).map { toneTrack(seed: $0) }, (1001...1012).map { toneTrack(seed: $0) })
    let before = try EncoderEvaluation(of: trainer.encoder, on: unheard)
    for step in 0..<120 {
      let start = 8 * step % heard.count
      _ = try trainer.step(Array(heard[start..<start + 8]), learningRate: step < 90 ? 1e-2 : 2e-3)
    }
    let after = try EncoderEvaluation(of: trainer.encoder, on: unheard)
    #expect(after.activityF1 > 0.95 && after.transitionF1 > 0.75 && after.boundaryF1 > 0.85, "\(before) to \(after)")
    #expect(after.intensityLevelConcordance > 0.8 && after.intensityChangeConcordance > 0.6, "\(after)")
    #expect(before.transitionF1 < 0.5 && before.intensityLevelConcordance < 0.5)
  }
}
