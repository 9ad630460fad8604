import AudioLanguageModel
package import ExperimentKinds
import Files
package import Options
import PolicyStages
import Randomness
import RunFolders
package import RunLogs
import Tracks
package import Training

/// Pretraining of the music encoder on transitions and changes of mood (MusT stage 1), from nothing or from where another run left it.
package struct EncoderStageKind: StageKind {
  package static let name = "encoder"
  package static let summary = "pretraining of the music encoder on transitions and changes of mood"

  /// The encoder that it goes on with; empty for a new one.
  package let start: String
  package let encoder: EncoderOptions
  package let exportFile: String
  package let trainingTracks: Int
  /// Training tracks whose spectrograms stay in memory; others are made again when they are needed.
  package let kept: Int

  package init(options: inout OptionReader, plugins: Plugins) {
    let start = options.section("start") {
      $0.text("encoder", default: "", help: "safetensors file of the music encoder; empty for a new one")
    }
    self.start = start
    encoder = options.section("encoder") { EncoderOptions(options: &$0, isNew: start.isEmpty) }
    exportFile = options.text("export", default: "", help: "where the trained parameters are also written at the end")
    trainingTracks = options.section("evaluation") {
      $0.integer("training-tracks", default: 30, in: 0...100_000, help: "training tracks that are measured too")
    }
    kept = options.section("tracks") {
      $0.integer(
        "kept", default: 2400, in: 0...1_000_000, help: "spectrograms that the encoder stage keeps; 0.75 MB a minute each")
    }
  }

  package var files: [(key: String, path: String)] { [("start.encoder", start)] }

  package var limits: RunLimits { RunLimits(metrics: MetricNames(tasks: AnsweringOptions.usualTasks)) }

  package func run(_ run: some StageRun) async throws -> StageLoop.Ending {
    let splits = try run.splits()
    try splits.checkTimelines(for: Self.name)
    let begun = try begin(seed: run.seed)
    try run.tracks.check(heardBy: begun.configuration.instruments)
    let window = begun.configuration.maximumFrames
    let tracks = SpectrogramPool(
      splits.train, kept: kept, window: window, knowsNotes: begun.configuration.intensity == .notes)
    let validation = try SpectrogramPool(splits.validation, kept: 0, window: window).tracks(Array(0..<splits.validation.count))
    let learnt = try tracks.tracks(TrackSchedule.spread(trainingTracks, over: tracks.count))
    let schedule = TrackSchedule(
      count: tracks.count, perStep: run.training.tracksPerStep, stream: RandomStream(seed: run.seed).derived(0x7472))
    var stage = EncoderStage(
      trainer: EncoderTrainer(begun, optimizer: encoder.optimizer, seed: run.seed), tracks: tracks, schedule: schedule,
      learningRate: run.training.learningRate)
    let ending = try await run.loop(&stage) { stage, _ in
      try Self.metrics(of: stage.trainer.encoder, on: validation, prefix: "evaluation")
        .merging(try Self.metrics(of: stage.trainer.encoder, on: learnt, prefix: "training")) { held, _ in held }
    }
    guard ending == .finished else { return ending }
    let bytes = stage.trainer.encoder.encoded()
    try AtomicFile.write(bytes, to: run.directory.policyFile)
    if !exportFile.isEmpty { try AtomicFile.write(bytes, to: exportFile) }
    return ending
  }

  private func begin(seed: UInt64) throws -> MusicEncoder {
    guard !start.isEmpty else { return MusicEncoder(configuration: encoder.shape, seed: seed) }
    let trained = try MusicEncoder(decoding: StoredFile.bytes(of: start))
    let heard = encoder.instruments.isEmpty ? trained : trained.listening(to: encoder.instruments, seed: seed)
    return encoder.intensity.map(heard.hearing) ?? heard
  }

  private static func metrics(
    of encoder: MusicEncoder, on tracks: [SpectrogramPool.Track], prefix: String
  ) throws -> [String: Double] {
    guard !tracks.isEmpty else { return [:] }
    let heard = try EncoderEvaluation(of: encoder, on: tracks)
    return Dictionary(uniqueKeysWithValues: heard.metrics.map { ("\(prefix)/encoder/\($0)", $1) })
  }
}
