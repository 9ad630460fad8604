import Experiments
import Files
import MusTBench
import Music
import Questions
import Randomness
import Timelines

/// Questions about a few composed pieces, with their recordings where the policy wants them.
struct CheckedPrompts {
  static let count = 3

  let prompts: [QuestionPrompt]
  /// A right answer to the first.
  let answer: String

  /// - Parameters:
  ///   - longest: seconds of a recording that the policy hears; excerpts are no longer.
  ///   - hasSound: whether recordings are written into `folder`.
  init(folder: String, longest: Double?, hasSound: Bool) throws {
    var options = ComposedTrack.Configuration()
    options.composer.duration = 20...28
    options.composer.sections = 2...4
    var (prompts, answers): ([QuestionPrompt], [String]) = ([], [])
    if hasSound { try StoredFolder.make(folder) }
    for index in 0..<1000 where prompts.count < Self.count {
      let piece = ComposedTrack.piece(seed: 0, index: index, options: options)
      let end = min(piece.timeline.duration, longest ?? .infinity)
      var stream = RandomStream(seed: 0).derived(index, 3)
      let questions = TemporalSourceGrounding().questions(for: piece.timeline, stream: &stream)
      guard let question = questions.first(where: { Self.lies($0, before: end) }) else { continue }
      var audio: QuestionPrompt.Audio?
      if hasSound {
        let file = "\(folder)/\(piece.timeline.trackID).wav"
        try AudioFile.write(ComposedTrack.signal(of: piece, seed: 0, index: index, options: options), to: file)
        audio = QuestionPrompt.Audio(path: file, start: 0, end: end)
      }
      prompts.append(QuestionPrompt(question, audio: audio))
      answers.append(AnswerWriter(AnswerForm(question)).write(question.references[0]))
    }
    guard let answer = answers.first, prompts.count == Self.count else {
      throw NamedError(
        "no composed piece has an answer within \(longest ?? 0) s: the policy's longest_audio is too short to be asked")
    }
    (self.prompts, self.answer) = (prompts, answer)
  }

  private static func lies(_ question: Question, before end: Double) -> Bool {
    question.references.allSatisfy { if case .instant(let seconds) = $0 { seconds < end } else { false } }
  }

  /// Each question with the recording of the next.
  var withOthersRecordings: [QuestionPrompt] {
    prompts.indices.map { prompts[$0].about(prompts[($0 + 1) % prompts.count].audio) }
  }
}
