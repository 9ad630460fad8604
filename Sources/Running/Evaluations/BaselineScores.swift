import AudioLanguageModel
package import Experiments
import Files
package import MusTBench
import Music
import Questions
import Tensors
import Timelines

/// How rules that learn nothing do on the held-out tracks of an experiment: `takt answers evaluate FILE --policy oracle|rules|novelty`.
///
/// The questions are those that a policy's checkpoint is asked. All rules write whole seconds and are read like any policy.
package struct BaselineScores: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// Reads the ground truth and is scored against its exact times: what whole seconds cost.
    case oracle
    /// Fixed rules on what the encoder's heads say.
    case rules
    /// Spectral flux and loudness, whatever plays.
    case novelty
  }

  private let file: ExperimentFile
  private let progress: WorkProgress
  private static let chunk = 32

  package init(file: ExperimentFile, progress: WorkProgress = .silent) {
    self.file = file
    self.progress = progress
  }

  package func result(of kind: Kind) throws -> BenchmarkResult {
    let source = try file.tracks.splits().test
    let encoder = kind == .rules ? try MusicEncoder(decoding: StoredFile.bytes(of: try file.embeddedPolicy.encoderFile)) : nil
    var (scores, questions) = ([QuestionScore](), [Question]())
    for start in stride(from: 0, to: source.count, by: Self.chunk) {
      let indices = start..<min(start + Self.chunk, source.count)
      let parts = try parallelShards(indices.count) { offset in
        try answered(kind, index: indices.lowerBound + offset, source: source, encoder: encoder)
      }
      for (question, score) in parts.joined() {
        scores.append(score)
        questions.append(question)
      }
      progress.report("held-out tracks", indices.upperBound, source.count)
    }
    guard !scores.isEmpty else {
      throw NamedError(
        "\(file.path): \(source.count == 0 ? "holds out no track" : "none of its \(source.count) held-out tracks can be asked anything"); "
          + "name more tracks, or other tasks and categories under questions")
    }
    return BenchmarkResult(name: kind.rawValue, scores: scores, questions: questions, tasks: file.plugins.tasks)
  }

  private func answered(
    _ kind: Kind, index: Int, source: any TrackSource, encoder: MusicEncoder?
  ) throws -> [(Question, QuestionScore)] {
    let (timeline, mel) = try source.track(index)
    let given = try source.questions(index)
    let questions = FixedQuestions.about(timeline, index: index, choice: file.stage.choice, given: given)
    let knowledge: any TrackKnowledge
    switch (kind, encoder) {
    case (.rules, let encoder?):
      let spectrogram = Tensor(shape: [mel.frames, mel.bands], values: mel.values)
      let audio = try encoder.encode([(timeline.trackID, timeline.duration, spectrogram)], threads: 1)
      knowledge = EncoderKnowledge(audio[0], from: encoder.configuration)
    case (.novelty, _): knowledge = NoveltyKnowledge(mel)
    case (.oracle, _), (.rules, nil): knowledge = TimelineKnowledge(timeline)
    }
    return try questions.map { question in
      // What is true of a track that a file asks about stands in its questions alone.
      let answer =
        kind == .oracle && given != nil
        ? question.references.first : GroundedAnswer.answer(to: question, from: knowledge)
      if answer == nil, given != nil { throw Self.refusal(of: question, kind) }
      var judged = question
      if kind == .oracle, let answer, question.kind == .instant || question.kind == .intervals { judged.references = [answer] }
      let text = GroundedAnswer.text(of: answer, to: question)
      return (question, QuestionScore(of: AnswerReader(AnswerForm(question)).read(text), to: judged, by: file.plugins.tasks))
    }
  }

  private static func refusal(of question: Question, _ kind: Kind) -> NamedError {
    NamedError(
      "question '\(question.id)' (\(question.text.shown)) is not in words, or not about an instrument, that --policy \(kind.rawValue) "
        + "has rules for: choose tasks and categories under questions that it knows, or take --policy oracle")
  }
}
