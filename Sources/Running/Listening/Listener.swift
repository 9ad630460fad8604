import AudioLanguageModel
package import Experiments
import Files
import Foundation
import MusTBench
import Music
import Numbers
import Policies
package import Questions
import Tensors

/// An encoder and a policy that answer questions about one track.
package struct Listener: Sendable {
  let encoder: MusicEncoder
  let policy: EmbeddedPolicy
  /// Where both were read from.
  let checkpoints: String

  private static let longestAnswer = 48

  /// - Parameter file: names the encoder and the policy; `start.policy` may be overridden.
  package init(_ file: ExperimentFile) async throws {
    try ProcessSettings.reserveWorkspace()
    let kind = try file.embeddedPolicy
    let loaded = try await kind.open(RunResources(seed: file.seed, tracks: file.tracks))
    guard loaded.isTrained else {
      throw NamedError("\(file.path): names no policy that has learnt to answer: give start.policy, or --policy FILE")
    }
    (encoder, policy) = (loaded.encoder, loaded.policy)
    checkpoints = kind.files.map(\.path).joined(separator: ", ")
  }

  /// - Parameters:
  ///   - policyFile: says its shape and which encoder it heard through.
  ///   - encoderFile: that encoder; `nil` where it lies where the policy's file says, or beside it.
  package init(policyFile: String, encoderFile: String? = nil) async throws {
    try ProcessSettings.reserveWorkspace()
    let (encoder, path) = try PolicyFile(path: policyFile).openEncoder(encoderFile)
    self.encoder = encoder
    policy = try await EmbeddedPolicy.open(policyFile)
    checkpoints = "\(path), \(policyFile)"
  }

  /// What the policy says to one question.
  package struct Answer: Sendable {
    /// As it was put to the policy.
    package var question: Question
    package var text: String
    package var reading: Reading
    /// Probability of each whole second as the first token of the answer; what is missing to 1 is the probability of other words.
    package var seconds: [Double]
    /// For intervals the probability of each second as the end, given the likeliest start; empty otherwise.
    package var ends: [Double]
  }

  /// What the encoder makes of the track.
  func listen(to track: TrackInput) throws -> EncodedAudio {
    let spectrogram = Tensor(
      shape: [track.spectrogram.frames, track.spectrogram.bands], values: track.spectrogram.values)
    do {
      return try encoder.encode([(track.trackID, track.duration, spectrogram)])[0]
    } catch {
      throw NamedError("\(error), or choose a stretch of it with --window 0-60")
    }
  }

  func answer(_ question: Question, about audio: EncodedAudio) async throws -> Answer {
    let prompt = try policy.prompt(audio, question: question.text)
    let request = SamplingRequest(prompt: prompt, count: 1, seed: 0)
    let text = try await policy.sample([request], with: .greedy(maximumTokens: Self.longestAnswer))[0][0].text
    var (seconds, ends) = ([Double](), [Double]())
    if question.kind == .instant || question.kind == .intervals {
      seconds = try await distribution(after: [], prompt, upTo: question.duration)
    }
    if question.kind == .intervals, let likeliest = seconds.indices.max(by: { seconds[$0] < seconds[$1] }),
      let start = policy.vocabulary.token(ofSecond: likeliest)
    {
      ends = try await distribution(after: [start], prompt, upTo: question.duration)
    }
    return Answer(
      question: question, text: text, reading: AnswerReader(AnswerForm(question)).read(text), seconds: seconds, ends: ends)
  }

  /// Probability of each second of the track as the token that follows `tokens`.
  private func distribution(after tokens: [Token], _ prompt: AudioPrompt, upTo duration: Double) async throws -> [Double] {
    let most = policy.vocabulary.maximumSeconds
    let count = duration.isFinite ? min(Int(saturating: duration), most) + 1 : most
    let times = (0..<count).compactMap { policy.vocabulary.token(ofSecond: $0) }
    let batch = TokenBatch(
      prompts: [prompt], completions: times.map { tokens + [$0] }, promptIndices: times.map { _ in 0 })
    let outputs = try await policy.outputs(for: batch, temperature: 1)
    return times.indices.map { index in
      exp(Double(outputs.logProbabilities[(index + 1) * (tokens.count + 1) - 1]))
    }
  }

  /// A question in free words as the policy has learnt to understand it.
  ///
  /// Throws for an instrument that the encoder has no head for, and for words that the vocabulary lacks; the message says what may be
  /// asked.
  func question(_ text: String, about track: TrackInput) throws -> Question {
    let instruments = encoder.configuration.instruments
    let event = AskedEvent(parsing: text, sources: instruments)
    if let source = event?.source, !instruments.contains(source) {
      throw NamedError("'\(source)' is no instrument that this policy listens for. \(whatMayBeAsked)")
    }
    if event == nil {
      do {
        _ = try policy.vocabulary.encode(text, orThrow: .badPrompt)
      } catch {
        throw NamedError("\(error). \(whatMayBeAsked)")
      }
    }
    return Self.question(text, event, about: track)
  }

  /// The question about an event in its usual wording; one that names no event stays as it is.
  static func question(_ text: String, _ event: AskedEvent?, about track: TrackInput) -> Question {
    func question(_ task: String, _ category: String, _ text: String, _ kind: AnswerKind) -> Question {
      Question(
        id: "asked", trackID: track.trackID, task: task, category: category, text: text, kind: kind, references: [],
        duration: track.duration)
    }
    switch event {
    case .extreme(let highest)?:
      return question(
        MoodTrajectoryReasoning.name, highest ? "highest" : "lowest", AskedEvent.extreme(highest: highest).wording, .intervals)
    case .onset?: return question(TemporalSourceGrounding.name, "onset", event?.wording ?? text, .instant)
    case .offset?: return question(TemporalSourceGrounding.name, "offset", event?.wording ?? text, .instant)
    case nil: return question("", "", text, .text)
    }
  }

  private var whatMayBeAsked: String {
    let instruments = encoder.configuration.instruments.joined(separator: ", ")
    return """
      Ask for example
        When does the piano first enter?
        When does the piano finally stop?
        When is the arousal highest?
        When is the arousal lowest?
      with one of the instruments \(instruments)
      """
  }
}
