package import Experiments
package import Files
import Foundation
package import MusTBench
import Options
package import Questions

/// Questions of a JSON Lines file, with the line of each: Takt's own form, or MusTBench's columns.
package struct QuestionFile: Sendable {
  package let path: String
  package private(set) var questions: [Question] = []
  /// The line of each question, counted from 1.
  package private(set) var lines: [Int] = []

  /// Refuses lines that hold no question, a question that no answer can be right about, and an id that was there before.
  package init(path: String, intake: inout Intake, plugins: Plugins = .current) throws {
    self.path = path
    var firstLine: [String: Int] = [:]
    var (questions, lines) = ([Question](), [Int]())
    try JSONLines.read(Question.self, at: path, forms: plugins.tasks.forms, refuse: { try intake.refuse($0) }) {
      line, question in
      if let first = firstLine[question.id] {
        throw JSONLines.Refusal("the id '\(question.id)' is already that of line \(first): ids must differ")
      }
      let faults = question.faults
      guard faults.isEmpty else {
        throw JSONLines.Refusal("question '\(question.id)' " + faults.joined(separator: "; "))
      }
      firstLine[question.id] = line
      questions.append(question)
      lines.append(line)
    }
    (self.questions, self.lines) = (questions, lines)
    guard !questions.isEmpty else { throw FileError(path: path, message: "holds no question") }
  }

  /// How questions are written.
  package enum Columns: String, Sendable, CaseIterable {
    /// Takt's own form, which loses nothing.
    case takt
    /// Those of MusTBench's table: id, track_id, task, category, qa_type, question, answer, answers, split.
    case mustbench
  }

  /// The lines of a file with these questions.
  package static func text(of questions: [Question], columns: Columns, split: TrackSplit = .standard) throws -> String {
    let encoder = JSONText.encoder()
    return try questions.map { question in
      let data =
        switch columns {
        case .takt: try encoder.encode(question)
        case .mustbench: try encoder.encode(MusTBenchRow(question, split: split.part(of: question)))
        }
      return String(decoding: data, as: UTF8.self) + "\n"
    }.joined()
  }

  /// Writes the file whole or not at all.
  package static func write(
    _ questions: [Question], to path: String, columns: Columns, split: TrackSplit = .standard
  ) throws {
    try AtomicFile.write(Array(try text(of: questions, columns: columns, split: split).utf8), to: path)
  }
}

/// A row of MusTBench's table.
///
/// `category` says for TSG whether a vocal or an instrument is asked about, `qa_type` whether its onset or offset; both are null for
/// other tasks. Each interval of an MTR answer is one of `answers`.
private struct MusTBenchRow: Encodable {
  private let question: Question
  private let split: String

  private enum CodingKeys: String, CodingKey {
    case id, task, category, question, answer, answers, split
    case trackID = "track_id"
    case qaType = "qa_type"
  }

  init(_ question: Question, split: String) {
    self.question = question
    self.split = split
  }

  func encode(to encoder: any Encoder) throws {
    let isGrounding = question.task == TemporalSourceGrounding.name
    let source = AskedEvent(parsing: question.text)?.source
    var row = encoder.container(keyedBy: CodingKeys.self)
    try row.encode(question.id, forKey: .id)
    try row.encode(question.trackID, forKey: .trackID)
    try row.encode(question.task.uppercased(), forKey: .task)
    try row.encode(isGrounding ? (source == "vocal" ? "vocal" : "instrument") : nil, forKey: .category)
    try row.encode(isGrounding ? question.category : nil, forKey: .qaType)
    try row.encode(question.text, forKey: .question)
    try row.encode(answers.joined(separator: ", "), forKey: .answer)
    try row.encode(answers, forKey: .answers)
    try row.encode(split, forKey: .split)
  }

  private var answers: [String] {
    let writer = AnswerWriter(AnswerForm(question))
    return question.references.flatMap { reference -> [String] in
      guard case .intervals(let intervals) = reference, !intervals.isEmpty else { return [writer.write(reference)] }
      return intervals.map { writer.write(.intervals([$0])) }
    }
  }
}
