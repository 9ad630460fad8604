import ArgumentParser
import Experiments
import Listening

/// Which checkpoints listen, and to what stretch.
struct ListenerOptions: ParsableArguments {
  @Option(
    help:
      "The policy's file, such as runs/must-grpo/policy.safetensors; default experiments/must/checkpoints/must-policy.safetensors."
  )
  var policy: String?

  @Option(help: "The encoder's file; default the one that the policy's file names, where it lay or beside the policy.")
  var encoder: String?

  @Option(help: "An experiment whose start.encoder and start.policy listen.")
  var experiment: String?

  @Option(help: "A stretch of the track in seconds, START-END; times then count from its start.")
  var window: String?

  func validate() throws {
    _ = try stretch()
  }

  func listener() async throws -> Listener {
    guard let experiment else {
      return try await Listener(
        policyFile: policy ?? "experiments/must/checkpoints/must-policy.safetensors", encoderFile: encoder)
    }
    let overrides = (policy.map { ["start.policy=\($0)"] } ?? []) + (encoder.map { ["start.encoder=\($0)"] } ?? [])
    return try await Listener(try ExperimentFile(path: experiment, overrides: overrides))
  }

  /// The experiment whose policy is asked, of whatever kind; `nil` where a policy's file is enough.
  func file() throws -> ExperimentFile? {
    try experiment.map { experiment in
      let overrides = (policy.map { ["start.policy=\($0)"] } ?? []) + (encoder.map { ["start.encoder=\($0)"] } ?? [])
      return try ExperimentFile(path: experiment, overrides: overrides)
    }
  }

  func stretch() throws -> ClosedRange<Double>? {
    guard let window else { return nil }
    let ends = window.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start >= 0, start < end, end <= TrackInput.longest
    else {
      throw ValidationError(
        "--window must be START-END in seconds, such as 30-90, up to \(TrackInput.longest), not '\(window)'")
    }
    return start...end
  }
}

struct AskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Ask a policy when something happens in a track; the embedded one shows its distribution over time.",
    usage: "takt policy ask <track> <question> [<options>]",
    discussion: """
      TRACK is a sound file (WAV, FLAC, OGG, MP3), a MIDI file, a timeline with its sound, or composed-SEED-INDEX.

      EXAMPLES
        takt policy ask song.flac "When does the piano first enter?"
        takt policy ask song.mp3 "Where is the energy highest?" --window 60-120
        takt policy ask composed-7-0 "When do the drums finally stop?" --json
        takt policy ask composed-7-0 "When does the piano first enter?" --policy runs/demo/policy.safetensors
      """.manual)

  @Argument(help: "The track.")
  var track: String

  @Argument(help: "The question.")
  var question: String

  @OptionGroup var options: ListenerOptions

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() async throws {
    let track = try TrackInput(track, window: options.stretch())
    let asking =
      if let file = try options.file() { try await Asking(question, about: track, of: file) } else {
        try await Asking(question, about: track, by: try await options.listener())
      }
    print(json ? try asking.json + "\n" : asking.text(columns: TerminalRun.columns), terminator: "")
  }
}
