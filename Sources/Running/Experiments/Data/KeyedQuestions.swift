import Files
import Foundation
package import MusTBench
import Options
package import Questions

/// Questions of a file by their ids, with the lines that they stand on; ids differ.
package struct KeyedQuestions: Sendable {
  package let path: String
  package private(set) var questions: [(question: Question, line: Int)] = []
  package private(set) var places: [String: Int] = [:]

  /// Throws where a line is no question, an id stands there twice, or the file holds none.
  package init(path: String, tasks: TaskCatalog) throws {
    self.path = path
    var (questions, places) = (questions, places)
    try JSONLines.read(Question.self, at: path, forms: tasks.forms) { question, line in
      if let earlier = places.updateValue(questions.count, forKey: question.id) {
        throw JSONLines.Failure(
          file: path, line: line,
          message: "the id '\(question.id)' stands on line \(questions[earlier].line) already; ids must differ")
      }
      questions.append((question, line))
    }
    guard !questions.isEmpty else { throw FileError(path: path, message: "holds no question") }
    (self.questions, self.places) = (questions, places)
  }

  package subscript(id: String) -> Question? { places[id].map { questions[$0].question } }

  package var all: [Question] { questions.map(\.question) }
}
