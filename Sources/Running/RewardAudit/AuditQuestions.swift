import Annotations
import Files
public import Foundation
public import MusTBench
public import Options
public import Questions

/// The questions that an audit is made on, from a file of questions or of annotated tracks.
public struct AuditQuestions: Sendable {
  public let questions: [Question]
  /// Tracks without a segment of the label that was asked for.
  package let skippedTracks: Int

  /// A line of the file: a question where it has no `segments`.
  private enum Line: TapeReadable {
    case question(Question)
    case track(AnnotatedTrack)

    private enum Key: String, CodingKey { case segments }

    init(from decoder: any Decoder) throws {
      let isTrack = try decoder.container(keyedBy: Key.self).contains(.segments)
      self = isTrack ? .track(try AnnotatedTrack(from: decoder)) : .question(try Question(from: decoder))
    }

    init(tape element: JSONElement, forms: QuestionForms) throws {
      guard try !JSONMembers(element, ["segments"]).contains(0) else { throw JSONMembers.Unusual() }
      self = .question(try Question(tape: element, forms: forms))
    }
  }

  /// Reads the file; `label` matters only where it holds tracks.
  ///
  /// A `.lab`, `.jams` or `.txt` file is one track, named after the file.
  ///
  /// Throws `JSONLines.Failure` where the file cannot be read, a line is neither, an id occurs twice, no answer can be right about a
  /// question (``Question/faults``), or a question about times has no duration (blind answers are shares of the track), and `FileError` where nothing is left to ask.
  public init(file: URL, label: String, tasks: TaskCatalog = .builtIn) throws {
    var questions: [Question] = []
    var lines: [String: Int] = [:]
    var labels: Set<String> = []
    var skipped = 0
    let path = file.path(percentEncoded: false)
    func take(_ line: Line, _ number: Int) throws {
      let new: [Question]
      switch line {
      case .question(let question): new = [question]
      case .track(let track):
        new = track.questions(about: label)
        labels.formUnion(track.segments.map(\.label))
        if !new.contains(where: { $0.kind == .intervals }) { skipped += 1 }
      }
      for question in new {
        if let earlier = lines.updateValue(number, forKey: question.id) {
          throw JSONLines.Failure(
            file: path, line: number, message: "the id '\(question.id)' is that of line \(earlier) already; ids must differ")
        }
        if let fault = question.faults.first {
          throw JSONLines.Failure(file: path, line: number, message: "question '\(question.id)' \(fault)")
        }
        if question.kind == .instant || question.kind == .intervals, !question.duration.isFinite {
          throw JSONLines.Failure(
            file: path, line: number,
            message:
              "question \(question.id) has no 'duration', and answers that never hear a track need its length; add it in seconds"
          )
        }
      }
      questions += new
    }
    if TrackAnnotation.isAnnotation(path) {
      let annotation = try TrackAnnotation(file: path)
      try take(.track(AnnotatedTrack(annotation, trackID: file.deletingPathExtension().lastPathComponent)), 1)
    } else {
      try JSONLines.read(Line.self, at: path, forms: tasks.forms, take)
    }
    if !labels.isEmpty, !questions.contains(where: { $0.kind == .intervals }) {
      let known = labels.sorted().prefix(12).joined(separator: ", ")
      throw FileError(path: path, message: "no segment's label starts with '\(label)'; labels are \(known)")
    }
    guard !questions.isEmpty else { throw FileError(path: path, message: "holds no question and no track") }
    self.questions = questions
    skippedTracks = skipped
  }
}
