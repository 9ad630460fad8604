package import AudioLanguageModel
package import ExperimentKinds
import Files
import Foundation
import Numbers
package import Options
import Policies
package import Questions
package import Randomness
package import RunFolders
import Tensors
import Timelines
package import Tracks
package import Training
package import Work

/// The audio-language model inside this process: it hears tracks through a music encoder.
package struct EmbeddedPolicyKind: PolicyKind {
  package static let name = "embedded"
  package static let summary = "the audio-language model inside this process, which hears tracks through a music encoder"

  package var configuration: EmbeddedPolicyConfiguration
  package let encoderFile: String
  /// Where the policy starts; empty for a new one.
  package let policyFile: String
  package private(set) var examples = EmbeddedExamples()

  package init(options: inout OptionReader, start: inout OptionReader, for stage: StageNeeds) {
    let isNew = !start.contains("policy")
    encoderFile = start.text("encoder", default: "", help: "safetensors file of the music encoder")
    policyFile = start.text("policy", default: "", help: "safetensors file of the policy; empty for a new one")
    configuration =
      policyFile.isEmpty
      ? EmbeddedPolicyConfiguration(options: &options)
      : EmbeddedPolicyConfiguration(options: &options, startingFrom: Self.startFile(policyFile, &start))
    if encoderFile.isEmpty {
      start.record("must name the encoder's file: the \(stage.stage) stage listens through it", at: "encoder")
    }
    if stage.features.contains(.reinforcement), isNew || policyFile.isEmpty {
      start.record("must name the policy's file: reinforcement learning needs a policy that already answers", at: "policy")
    }
  }

  /// The file that a run starts from, whose shape its options are read against; `nil` where there is none.
  ///
  /// One that is no policy's is an issue, but not of a run that was made.
  private static func startFile(_ path: String, _ start: inout OptionReader) -> PolicyFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do throws(PolicyError) {
      return try PolicyFile(path: path)
    } catch {
      if !start.isLenient { start.record("\(error)", at: "policy") }
      return nil
    }
  }

  package mutating func readExamples(_ options: inout OptionReader, for stage: StageNeeds) {
    examples = EmbeddedExamples(options: &options, asksQuestions: stage.features.contains(.questions))
  }

  package var features: Set<PolicyFeature> {
    PolicyFeature.common.union(configuration.model.hasValueHead ? [.export, .valueHead] : [.export])
  }

  package func remedy(for feature: PolicyFeature) -> String? {
    feature == .valueHead ? "set policy.value-head to true" : nil
  }

  package var files: [(key: String, path: String)] { [("start.encoder", encoderFile), ("start.policy", policyFile)] }

  package func open(_ resources: RunResources) async throws -> LoadedEmbeddedPolicy {
    let file = try StoredFile.bytes(of: encoderFile)
    let encoder = try MusicEncoder(decoding: file)
    try resources.tracks.check(heardBy: encoder.configuration.instruments)
    guard examples.levels == .annotated || encoder.configuration.intensity == .notes else {
      throw FileError(
        path: encoderFile,
        message: "hears no notes, so there are no levels to read: questions.levels: heard wants an encoder that was trained "
          + "with encoder.intensity: notes")
    }
    let policy = EmbeddedPolicy(
      configuration, encoder: encoder.configuration, heardThrough: EncoderReference(encoder, file: encoderFile),
      seed: resources.seed)
    if !policyFile.isEmpty { try await policy.load(try StoredFile.bytes(of: policyFile), from: policyFile) }
    return LoadedEmbeddedPolicy(
      policy: policy, encoder: encoder, cache: TrackCache(encoderFile: file), examples: examples, isTrained: !policyFile.isEmpty
    )
  }
}

/// How supervised stages show questions and answers to the embedded policy.
package struct EmbeddedExamples: Sendable, Hashable {
  /// What examples take for the intensity of a track.
  package enum Levels: String, Sendable, CaseIterable {
    case annotated
    /// What the encoder hears of it, cut into levels: examples in reading.
    case heard
  }

  /// How much the letter of a choice, and each time that it rests on, counts beside each other token of the answer.
  package var letterWeight = 1.0
  package var timeWeight = 1.0
  /// Whether examples place a track at a random second of the policy's range, every second time at 0.
  package var shiftsTimes = false
  package var levels = Levels.annotated
  /// The shortest random stretch of a track, in seconds, that every second example is about; 0 for whole tracks only.
  package var shortestStretch = 0.0

  package init() {}

  /// Reads from the section `questions`.
  ///
  /// - Parameter asksQuestions: whether examples are questions, not captions.
  init(options: inout OptionReader, asksQuestions: Bool) {
    shiftsTimes = options.flag(
      "shift-times", default: false,
      help: "whether examples call a track's start 0:00 every second time only, else a random second, to teach late times")
    guard asksQuestions else { return }
    letterWeight = options.number(
      "letter-weight", default: 1, in: 0.01...100, help: "of a choice's letter beside the other tokens of its answer")
    timeWeight = options.number(
      "time-weight", default: 1, in: 0.01...100, help: "of the times that a choice rests on")
    levels = options.choice(
      "levels", default: Levels.annotated,
      help: "what supervised examples take for the intensity: the annotation, or the levels that an encoder of notes hears")
    shortestStretch = options.number(
      "shortest-stretch", default: 0, in: 0...600, unit: "s",
      help: "every second supervised example is about a random stretch of a track, at least so long; 0 for whole tracks only")
  }
}

/// The embedded policy with the encoder that it hears through.
package struct LoadedEmbeddedPolicy: LoadedPolicy {
  package static let result = PolicyResultFile.tensors

  package let policy: EmbeddedPolicy
  package let encoder: MusicEncoder
  /// Where tracks that were heard are kept for other runs; `nil` for nowhere.
  let cache: TrackCache?
  let examples: EmbeddedExamples
  package let isTrained: Bool

  package init(
    policy: EmbeddedPolicy, encoder: MusicEncoder, cache: TrackCache? = nil, examples: EmbeddedExamples = .init(),
    isTrained: Bool = true
  ) {
    self.policy = policy
    self.encoder = encoder
    self.cache = cache
    self.examples = examples
    self.isTrained = isTrained
  }

  package func tracks(of source: any TrackSource, title: String, progress: WorkProgress) async throws -> [EncodedTrack] {
    try TrackLibrary.encoded(source, by: encoder, cache: cache, title: title, progress: progress)
  }

  package func prompt(for question: Question, about track: EncodedTrack) throws -> AudioPrompt {
    try policy.prompt(try track.audio, question: question.text)
  }

  package func check(_ question: Question) throws {
    do {
      _ = try policy.vocabulary.encode(question.text, orThrow: .badPrompt)
    } catch {
      throw PolicyError(.badPrompt, "question '\(question.id)': \(error.message), policy.words of a new policy")
    }
  }

  package func example(
    _ question: Question, answer: String, about track: EncodedTrack, using stream: RandomStream?
  ) throws -> SupervisedExample<AudioPrompt> {
    let start = firstSecond(of: track, stream)
    let tokens = try policy.tokens(for: answer, firstSecond: start)
    return SupervisedExample(
      prompt: try policy.prompt(try track.audio, question: question.text, firstSecond: start), answer: tokens,
      tokenWeights: examples.letterWeight == 1 && examples.timeWeight == 1 ? [] : tokenWeights(of: tokens, to: question))
  }

  /// What a example calls the start of a track: 0, or where the options ask for it every second time a random second.
  private func firstSecond(of track: EncodedTrack, _ stream: RandomStream?) -> Int {
    guard examples.shiftsTimes, var stream else { return 0 }
    let last = policy.vocabulary.maximumSeconds - Int(saturating: track.timeline.duration.rounded(.up)) - 2
    return last > 0 && stream.chance(0.5) ? stream.integer(in: 0...last) : 0
  }

  /// 1 for each token, but for the letter of a choice, the last in its answer, and the times that it rests on.
  private func tokenWeights(of answer: [Token], to question: Question) -> [Float] {
    var weights = [Float](repeating: 1, count: answer.count)
    guard question.kind == .choice, case .choice(let right)? = question.references.first,
      let letter = policy.vocabulary.token(ofWord: AnswerWriter.letter(right)), let place = answer.lastIndex(of: letter)
    else { return weights }
    for index in answer.indices where policy.vocabulary.second(of: answer[index]) != nil {
      weights[index] = Float(examples.timeWeight)
    }
    weights[place] = Float(examples.letterWeight)
    return weights
  }

  package func hasRoom(for example: SupervisedExample<AudioPrompt>) -> Bool {
    example.prompt.question.count + example.answer.count - 1 <= policy.configuration.model.maximumTextTokens
  }

  package func taughtTrack(_ track: EncodedTrack, using stream: inout RandomStream) throws -> EncodedTrack {
    let track = examples.levels == .heard ? try track.believing(encoder.configuration.heads.intensityLevel) : track
    return try track.stretch(atLeast: examples.shortestStretch, using: &stream)
  }

  package func encodedResult() async throws -> [UInt8] { await policy.export() }

  package func take(result: [UInt8]) async throws { try await policy.load(result) }

  /// Low-rank updates are merged into the result, which rounds.
  package var resultIsExact: Bool { policy.configuration.model.adapterRank == 0 }
}

extension EmbeddedPolicyKind {
  /// Reads what may change of a policy that is gone on with, for a list of options.
  package static func readStarted(options: inout OptionReader) {
    _ = EmbeddedPolicyConfiguration(options: &options, startingFrom: nil)
  }
}
