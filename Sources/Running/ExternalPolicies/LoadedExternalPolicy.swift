import ExperimentKinds
package import ExternalPolicy
import Files
import Music
package import Questions
package import Rewards
package import Timelines
package import Tracks
package import Work

/// A policy in another process at work.
package struct LoadedExternalPolicy: LoadedPolicy {
  package let policy: ExternalPolicy<QuestionPrompt>
  let perturb: Perturbation
  let recordings: RecordingCache

  package func prompt(for question: Question, about track: RecordedTrack) throws -> QuestionPrompt {
    QuestionPrompt(question, audio: try track.recording(), perturb: perturb)
  }

  /// Timelines at once; sound is rendered when a track is asked about first, and only for a policy that wants it.
  package func tracks(
    of source: any TrackSource, title: String, progress: WorkProgress
  ) async throws -> [RecordedTrack] {
    let timelines = try TrackLibrary.timelines(source, title: title, progress: progress)
    if let longest = policy.worker.longestAudio, let track = timelines.first(where: { $0.duration > longest }) {
      throw NamedError(
        "the policy '\(policy.name)' hears at most \(longest) s and \(track.trackID) has \(track.duration): choose shorter tracks "
          + "(tracks.composition.longest: \(longest)), cut them (tracks.excerpt: \(longest), or start and end in the audio of a question), "
          + "or take a policy that hears more")
    }
    guard policy.worker.audio else { return timelines.map { RecordedTrack(timeline: $0) } }
    return timelines.enumerated().map { index, timeline in
      RecordedTrack(timeline: timeline) { [recordings] in try recordings.file(of: source, index, timeline) }
    }
  }

  package func track(of sound: TrackSound) -> RecordedTrack {
    RecordedTrack(timeline: Timeline(trackID: sound.id, duration: sound.duration, lanes: [], sections: []))
  }

  package var offers: Set<RewardNeed> {
    policy.worker.perturbedAudio ? [.policyWithoutTrack, .policyAskedOtherwise] : [.policyAskedOtherwise]
  }

  /// Without the track is its recording silent.
  package func prompt(_ prompt: QuestionPrompt, changed change: PromptChange) -> QuestionPrompt? {
    switch change {
    case .unchanged: prompt
    case .withoutTrack: policy.worker.perturbedAudio ? prompt.perturbed(.silent) : nil
    case .asking(let question): QuestionPrompt(question, audio: prompt.audio, perturb: prompt.perturb)
    }
  }

  /// It hears the audio itself, so no track has to be heard before others.
  package var drawsFromAllTracks: Bool { true }

  package func close() { policy.end() }
}

/// A track and where its recording is.
package struct RecordedTrack: HeardTrack {
  package let timeline: Timeline
  private let makeRecording: (@Sendable () throws -> QuestionPrompt.Audio)?

  /// - Parameter recording: finds or makes the file; `nil` where the policy finds the sound itself.
  init(timeline: Timeline, recording: (@Sendable () throws -> QuestionPrompt.Audio)? = nil) {
    self.timeline = timeline
    makeRecording = recording
  }

  func recording() throws -> QuestionPrompt.Audio? { try makeRecording?() }
}

/// A question as a policy in another process gets it; the answers stay here.
package struct QuestionPrompt: Encodable, Sendable {
  /// A recording, and the excerpt of it that is asked about, in seconds.
  package struct Audio: Encodable, Sendable, Hashable {
    package let path: String
    package let start: Double
    package let end: Double

    package init(path: String, start: Double, end: Double) {
      (self.path, self.start, self.end) = (path, start, end)
    }
  }

  /// The question's id.
  package let id: String
  package let question: String
  /// The track's id.
  package let track: String
  package let task: String
  /// Seconds.
  package let duration: Double
  /// How the answer is to be written, in words.
  package let form: String
  /// Texts of the options of a choice.
  package let options: [String]
  /// Names of what is to be put in order.
  package let items: [String]
  /// `nil` where the policy finds the sound itself.
  package let audio: Audio?
  package let perturb: Perturbation

  package init(_ question: Question, audio: Audio? = nil, perturb: Perturbation = .none) {
    id = question.id
    self.question = question.text
    track = question.trackID
    task = question.task
    duration = question.duration
    form = AnswerForm(question).prescription
    options = question.choices
    items = question.items
    self.audio = audio
    self.perturb = perturb
  }

  /// The same with the recording changed.
  package func perturbed(_ perturb: Perturbation) -> QuestionPrompt { QuestionPrompt(self, audio: audio, perturb: perturb) }

  /// The same about another recording.
  package func about(_ audio: Audio?) -> QuestionPrompt { QuestionPrompt(self, audio: audio, perturb: perturb) }

  private init(_ prompt: QuestionPrompt, audio: Audio?, perturb: Perturbation) {
    (id, question, track, task) = (prompt.id, prompt.question, prompt.track, prompt.task)
    (duration, form, options, items) = (prompt.duration, prompt.form, prompt.options, prompt.items)
    (self.audio, self.perturb) = (audio, perturb)
  }
}
