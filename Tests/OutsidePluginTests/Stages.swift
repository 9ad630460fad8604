import Experiments
import Foundation
import MusTBench
import Music
import Options
import Policies
import Questions
import Timelines
import Training

/// Tracks of one lane each, with a sine for their sound.
struct Beeps: TrackSourceKind {
  static let name = "beeps"
  static let summary = "a beep a track"
  private let count: Int
  let holdsOut = true

  init(options: inout OptionReader) { count = options.integer("count", default: 4, in: 1...100, help: "how many") }

  func splits() throws -> TrackSplits {
    TrackSplits(
      train: Tracks(count: count, first: 0), validation: Tracks(count: 0, first: 0), test: Tracks(count: count, first: count))
  }

  struct Tracks: TrackSource {
    let count: Int
    let first: Int

    func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
      (timeline(index), LogMel().spectrogram(of: signal(index)))
    }

    func timeline(_ index: Int) -> Timeline {
      let beep = Timeline.Lane(label: "piano", intervals: [Interval(start: Double(5 + index), end: 20)].compactMap { $0 })
      return Timeline(trackID: "beep-\(first + index)", duration: 30, lanes: [beep], sections: [])
    }

    func signal(_ index: Int) -> AudioSignal {
      AudioSignal(samples: (0..<Int(30 * AudioSignal.sampleRate)).map { Float(sin(0.1 * Double($0))) })
    }

    func identity(_ index: Int) -> String? { "beep-\(first + index)" }
  }
}

/// A stage that trains no policy: a number falls by half a step.
struct Halving: StageKind, TrainingStage {
  static let name = "halving"
  static let summary = "a number falls"
  private var number = 1.0

  init(options: inout OptionReader, plugins: Plugins) {
    number = options.number("number", default: 1, in: 0...10, help: "where it begins")
  }

  mutating func step(_ index: Int) async throws -> [String: Double] {
    number /= 2
    return ["training/number": number]
  }

  func state() async throws -> [String: [UInt8]] { ["number": Array("\(number)".utf8)] }

  mutating func restore(_ state: [String: [UInt8]]) async throws {
    number = Double(String(decoding: state["number"] ?? [], as: UTF8.self)) ?? number
  }

  func run(_ run: some StageRun) async throws -> StageLoop.Ending {
    var stage = self
    run.progress.report("halving", try run.stepsDone, run.training.steps)
    return try await run.loop(&stage) { stage, _ in ["evaluation/number": stage.number] }
  }
}

/// Supervised steps on each track's first question, at its usual learning rate.
struct FirstQuestions: PolicyStageKind {
  static let name = "first-questions"
  static let summary = "the first question about each track"
  static let needs = StageNeeds(stage: name, [.questions])
  let answering: AnsweringOptions

  init(options: inout OptionReader, plugins: Plugins) {
    answering = AnsweringOptions(options: &options, plugins: plugins, for: Self.needs)
  }

  func train<Loaded: LoadedPolicy>(_ policy: PolicyRun<Loaded>, in run: some StageRun) async throws -> StageLoop.Ending {
    let tracks = try await policy.tracks(of: try run.tracks.splits().train, title: "tracks")
    let examples = try tracks.tracks.map { track in
      let time = track.timeline.lanes.first?.intervals.first?.start ?? 0
      let question = Question(
        id: track.timeline.trackID, trackID: track.timeline.trackID, task: "tsg", text: "When?", kind: .instant,
        references: [.instant(time)], duration: track.timeline.duration)
      let answer = AnswerWriter(AnswerForm(question)).write(.instant(time))
      return try policy.loaded.example(question, answer: answer, about: track, using: nil)
    }
    var stage = SupervisedStage(
      policy: policy.policy, source: Examples(all: examples.filter(policy.loaded.hasRoom)),
      learningRate: run.training.learningRate, maximumGradientNorm: 1)
    return try await run.loop(&stage) { _, _ in [:] }
  }

  struct Examples<Prompt: Sendable>: SupervisedExampleSource {
    let all: [SupervisedExample<Prompt>]
    func examples(step: Int) async throws -> [SupervisedExample<Prompt>] { all.isEmpty ? [] : [all[step % all.count]] }
  }
}
