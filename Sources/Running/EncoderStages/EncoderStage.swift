import Algorithms
import AudioLanguageModel
import PolicyStages
import Training

/// Pretraining of the music encoder as a stage of a run.
struct EncoderStage: TrainingStage {
  var trainer: EncoderTrainer
  let tracks: SpectrogramPool
  let schedule: TrackSchedule
  let learningRate: LearningRateSchedule

  mutating func step(_ index: Int) async throws -> [String: Double] {
    let rate = learningRate.rate(step: index)
    let report = try trainer.step(tracks.tracks(schedule.tracks(step: index)), learningRate: Float(rate))
    return [
      "supervised/loss": report.loss.total, "update/gradient_norm": report.gradientNorm, "update/learning_rate": rate,
    ]
  }

  func state() async throws -> [String: [UInt8]] { ["encoder": trainer.checkpoint()] }

  mutating func restore(_ state: [String: [UInt8]]) async throws {
    guard let bytes = state["encoder"] else {
      throw TrainingError(.badCheckpoint, "the checkpoint holds no encoder: it is of another stage")
    }
    try trainer.restore(bytes)
  }
}
