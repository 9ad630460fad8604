import AudioLanguageModel
import Experiments
import MusTBench
import Music
import Options
import Randomness
import Rewards
import TemporalRewards
import Tensors
import Timelines

/// What the families work on: composed tracks, heard by a freshly drawn encoder, and freshly drawn policies.
///
/// Training does not change the speed of a product, so nothing needs to be trained; see ``SamplingBench`` for what it does change.
struct BenchMaterial {
  static let trackCount = 16
  static let seed: UInt64 = 7

  let spectrograms: [(spectrogram: Tensor, timeline: Timeline)]
  let encoder: MusicEncoder
  let tracks: [EncodedTrack]

  init(progress: WorkProgress) throws {
    let source = AskableTracks(count: Self.trackCount, seed: Self.seed)
    spectrograms = try TrackLibrary.spectrograms(source, title: "composing tracks", progress: progress)
    encoder = MusicEncoder(seed: Self.seed)
    tracks = try TrackLibrary.encoded(source, by: encoder, title: "encoding tracks", progress: progress)
  }

  /// A policy as `experiments/demo.yaml` has it, untrained.
  func policy() -> EmbeddedPolicy {
    var configuration = EmbeddedPolicyConfiguration()
    configuration.model.hasValueHead = true
    return EmbeddedPolicy(configuration, encoder: encoder.configuration, seed: Self.seed)
  }

  /// All tracks in every step.
  var schedule: TrackSchedule {
    TrackSchedule(count: tracks.count, perStep: tracks.count, stream: RandomStream(seed: Self.seed))
  }

  /// The policy with the encoder that heard the tracks.
  func loaded(_ policy: EmbeddedPolicy) -> LoadedEmbeddedPolicy { LoadedEmbeddedPolicy(policy: policy, encoder: encoder) }

  /// Questions of two tasks, so many of each about a track.
  static func asked(tsg: Int, mtr: Int) -> AskedQuestions {
    AskedQuestions(
      QuestionChoice(tasks: [TemporalSourceGrounding(), MoodTrajectoryReasoning()]), perTrack: [tsg, mtr], style: .plain)
  }

  /// The rewards of MusT's fourth stage.
  static var rewards: RewardSpec {
    RewardSpec {
      OnsetError(scale: 15).on("tsg")
      SoftF1(sigma: 15).on("mtr")
      OutOfTrack().weighted(-0.5)
      Unreadable().weighted(-1)
    }
  }
}

/// The first composed tracks of a seed about which as many questions can be asked as a step of fine-tuning asks.
private struct AskableTracks: TrackSource {
  private static let needed = [(TemporalSourceGrounding.name, 4), (MoodTrajectoryReasoning.name, 2)]

  private let seed: UInt64
  private let indices: [Int]

  init(count: Int, seed: UInt64) {
    self.seed = seed
    indices = Array((0..<64 * count).lazy.filter { Self.isAskable(seed: seed, index: $0) }.prefix(count))
  }

  private static func isAskable(seed: UInt64, index: Int) -> Bool {
    let timeline = ComposedTrack.piece(seed: seed, index: index).timeline
    return needed.allSatisfy { task, count in
      var stream = RandomStream(seed: seed)
      return (TaskCatalog.builtIn[task]?.questions(for: timeline, stream: &stream).count ?? 0) >= count
    }
  }

  var count: Int { indices.count }

  func track(_ index: Int) -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    let track = ComposedTrack.make(seed: seed, index: indices[index])
    return (track.timeline, track.spectrogram)
  }
}
