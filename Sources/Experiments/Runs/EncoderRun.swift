import AudioLanguageModel
import Randomness
import Training

/// A run of stage 1: the music encoder learns.
struct EncoderRun {
  let run: ExperimentRun

  func run() async throws -> StageLoop.Ending {
    let splits = try run.splits
    let file = run.file
    let tracks = try TrackLibrary.spectrograms(splits.train, title: "training tracks", progress: run.progress)
    let validation = try TrackLibrary.spectrograms(splits.validation, title: "validation tracks", progress: run.progress)
    let schedule = TrackSchedule(
      count: tracks.count, perStep: file.training.tracksPerStep, stream: RandomStream(seed: file.seed).derived(0x7472))
    var stage = EncoderStage(
      trainer: EncoderTrainer(MusicEncoder(seed: file.seed), seed: file.seed), tracks: tracks, schedule: schedule,
      learningRate: file.training.learningRate)
    let ending = try await run.loop(&stage) { stage, _ in
      guard !validation.isEmpty else { return [:] }
      let heard = try EncoderEvaluation(of: stage.trainer.encoder, on: validation)
      return [
        "evaluation/encoder/transition_f1": heard.transitionF1, "evaluation/encoder/boundary_f1": heard.boundaryF1,
        "evaluation/encoder/activity_f1": heard.activityF1,
        "evaluation/encoder/intensity_change_ccc": heard.intensityChangeConcordance,
        "evaluation/encoder/intensity_level_ccc": heard.intensityLevelConcordance,
      ]
    }
    guard ending == .finished else { return ending }
    let bytes = stage.trainer.encoder.encoded()
    try AtomicFile.write(bytes, to: run.directory.policyFile)
    if !file.exportFile.isEmpty { try AtomicFile.write(bytes, to: file.exportFile) }
    return ending
  }
}
