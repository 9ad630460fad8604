import AudioLanguageModel
import Files
import Randomness
import Training

/// A run of stage 1: the music encoder learns, from nothing or from where another run left it.
struct EncoderRun {
  let run: ExperimentRun

  func run() async throws -> StageLoop.Ending {
    let splits = try run.splits
    let file = run.file
    let start = try start()
    try file.tracks.check(heardBy: start.configuration.instruments)
    let window = start.configuration.maximumFrames
    let tracks = SpectrogramPool(
      splits.train, kept: file.tracks.kept, window: window, knowsNotes: start.configuration.intensity == .notes)
    let validation = try SpectrogramPool(splits.validation, kept: 0, window: window).tracks(Array(0..<splits.validation.count))
    let learnt = try tracks.tracks(TrackSchedule.spread(file.evaluation.trainingTracks, over: tracks.count))
    let schedule = TrackSchedule(
      count: tracks.count, perStep: file.training.tracksPerStep, stream: RandomStream(seed: file.seed).derived(0x7472))
    var stage = EncoderStage(
      trainer: EncoderTrainer(start, optimizer: file.encoder.optimizer, seed: file.seed), tracks: tracks, schedule: schedule,
      learningRate: file.training.learningRate)
    let ending = try await run.loop(&stage) { stage, _ in
      try Self.metrics(of: stage.trainer.encoder, on: validation, prefix: "evaluation")
        .merging(try Self.metrics(of: stage.trainer.encoder, on: learnt, prefix: "training")) { held, _ in held }
    }
    guard ending == .finished else { return ending }
    let bytes = stage.trainer.encoder.encoded()
    try AtomicFile.write(bytes, to: run.directory.policyFile)
    if !file.exportFile.isEmpty { try AtomicFile.write(bytes, to: file.exportFile) }
    return ending
  }

  private func start() throws -> MusicEncoder {
    let file = run.file
    guard !file.encoderFile.isEmpty else { return MusicEncoder(configuration: file.encoder.shape, seed: file.seed) }
    let trained = try run.encoder()
    let heard = file.encoder.instruments.isEmpty ? trained : trained.listening(to: file.encoder.instruments, seed: file.seed)
    return file.encoder.intensity.map(heard.hearing) ?? heard
  }

  private static func metrics(
    of encoder: MusicEncoder, on tracks: [SpectrogramPool.Track], prefix: String
  ) throws -> [String: Double] {
    guard !tracks.isEmpty else { return [:] }
    let heard = try EncoderEvaluation(of: encoder, on: tracks)
    return [
      "\(prefix)/encoder/transition_f1": heard.transitionF1, "\(prefix)/encoder/boundary_f1": heard.boundaryF1,
      "\(prefix)/encoder/activity_f1": heard.activityF1,
      "\(prefix)/encoder/intensity_change_ccc": heard.intensityChangeConcordance,
      "\(prefix)/encoder/intensity_level_ccc": heard.intensityLevelConcordance,
    ]
  }
}
