public import Files
import Foundation
package import MusTBench
import Options
public import Questions
package import Training

/// One held-out answer with its scores: a line of `evaluation.jsonl`.
public struct HeldOutRecord: Sendable, Hashable, Codable {
  public enum Phase: String, Sendable, Codable, CaseIterable {
    case start, end
  }

  public var phase: Phase
  public var decoding: Decoding
  public var question: Question
  public var text: String
  /// Measure → score, such as `hit@3s`.
  public var scores: [String: Double]

  package init(phase: Phase, decoding: Decoding, answer: HeldOutAnswer, tasks: TaskCatalog = .builtIn) {
    self.phase = phase
    self.decoding = decoding
    question = answer.question
    text = answer.text
    scores = answer.scores(by: tasks)
  }

  /// What intervals draw: the track, or for an excerpt such as `song@12-72` or a variation the piece that it is from, since those of
  /// one piece are not independent.
  package var pieceID: String { question.piece }

  /// The reading of the text, made again.
  package var reading: Reading { AnswerReader(AnswerForm(question)).read(text) }
}

extension HeldOutRecord: TapeReadable {
  private static let names: [StaticString] = ["phase", "decoding", "question", "text", "scores"]

  @usableFromInline
  package init(tape element: JSONElement, forms: QuestionForms) throws {
    let members = try JSONMembers(element, Self.names)
    guard let phase = try members.value(0, { $0.string.flatMap(Phase.init) }),
      let decoding = try members.value(1, { $0.string.flatMap(Decoding.init) }),
      let question = try members.value(2, { try Question(tape: $0, forms: forms) }), let text = try members.text(3),
      let scores = try members.value(4, Self.scores)
    else { throw JSONMembers.Unusual() }
    (self.phase, self.decoding, self.question, self.text, self.scores) = (phase, decoding, question, text, scores)
  }

  private static func scores(_ element: JSONElement) -> [String: Double]? {
    var scores: [String: Double] = [:]
    var isPlain = element.isObject
    element.forEachMember { key, value in
      guard let score = value.double, scores.updateValue(score, forKey: key.string) == nil else {
        isPlain = false
        return
      }
    }
    return isPlain ? scores : nil
  }
}

extension HeldOutAnswer {
  /// Measure → score, such as `hit@3s`.
  package func scores(by tasks: TaskCatalog) -> [String: Double] {
    let values = QuestionScore(of: reading, to: question, by: tasks).values
    return Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) })
  }
}
