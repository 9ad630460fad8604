import AudioLanguageModel
import Evaluations
package import Experiments
import Files
import Foundation
import MusTBench
import Music
import Options
import Questions
import RunReports
import Tensors
import Timelines

/// One track as a page for `takt tracks page`: sound, truth, what the encoder hears, what the policy answers.
package struct TrackInspection: Sendable {
  private let content: TrackPageContent

  /// - Parameter tasks: what is asked; where the truth is not known, TSG and MTR about what the encoder hears.
  package init(
    _ track: TrackInput, by listener: Listener, tasks: [String], plugins: Plugins = .current, progress: WorkProgress = .silent
  ) async throws {
    let audio = try listener.listen(to: track)
    let heads = listener.encoder.configuration.heads
    func curve(_ label: String, _ column: Int) -> TrackPageContent.Curve {
      .init(label: label, values: (0..<audio.heads.rows).map { audio.heads[$0, column] })
    }
    let activity = zip(heads.instruments, heads.activity).map { curve($0, $1) }
    let questions =
      try track.timeline.map { plugins.tasks.questions(about: $0, tasks: tasks, seed: 0) }
      ?? Self.questions(about: track, activity, listener)
    var answers: [TrackPageContent.Answered] = []
    for (index, question) in questions.enumerated() {
      let answer = try await listener.answer(question, about: audio)
      answers.append(
        .init(
          question: question, text: answer.text, reading: answer.reading, score: Self.score(answer, plugins.tasks),
          seconds: answer.seconds))
      progress.report("asking", index + 1, questions.count)
    }
    let transitions = track.timeline.map { Set(Transition.all(in: $0, margin: 0.5).map(\.time)).sorted() } ?? []
    content = TrackPageContent(
      title: track.trackID, note: "\(track.origin); heard through \(listener.checkpoints)", duration: track.duration,
      spectrogram: track.spectrogram.values, bands: track.spectrogram.bands, timeline: track.timeline,
      transitions: transitions, curveRate: Double(MusicEncoderConfiguration.framesPerSecond),
      transition: curve("transition", heads.transition), intensity: curve("intensity", heads.intensityLevel),
      activity: activity, answers: answers)
  }

  package func write(to path: String) throws {
    try AtomicFile.write(Array(TrackPage(content).html.utf8), to: path)
  }

  /// A line about each question, for the terminal.
  package var text: String {
    var table = TextTable(head: ["question", "truth", "answer", "score"])
    for answer in content.answers {
      let truth = answer.question.references.map { AnswerWriter(AnswerForm(answer.question)).write($0) }
      table.rows.append([answer.question.text, truth.joined(separator: " or "), answer.text, answer.score])
    }
    return table.rows.isEmpty ? "" : table.aligned
  }

  /// When what sounds for more than a second enters and leaves, and where the intensity is extreme.
  private static func questions(
    about track: TrackInput, _ activity: [TrackPageContent.Curve], _ listener: Listener
  ) throws -> [Question] {
    let heard = activity.filter { curve in
      curve.values.count { $0 > 0.5 } > MusicEncoderConfiguration.framesPerSecond
    }
    let texts =
      heard.flatMap { [AskedEvent.onset($0.label), .offset($0.label)] } + [.extreme(highest: true), .extreme(highest: false)]
    return try texts.map { try listener.question($0.wording, about: track) }
  }

  private static func score(_ answer: Listener.Answer, _ tasks: TaskCatalog) -> String {
    guard !answer.question.references.isEmpty else { return "" }
    let values = QuestionScore(of: answer.reading, to: answer.question, by: tasks).values
    return values.sorted { $0.key < $1.key }.map { measure, score in
      "\(tasks.title(ofMeasure: measure.name, task: answer.question.task)) \(String(format: "%.2f", score))"
    }.joined(separator: ", ")
  }
}
