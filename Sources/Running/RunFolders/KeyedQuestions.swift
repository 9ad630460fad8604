import Files
import Foundation
package import MusTBench
import Options
package import Questions

/// Questions of a file by their ids, with the lines that they stand on; ids differ.
package struct KeyedQuestions: Sendable {
  /// Bytes of a line, about: so much room is made for a file.
  private static let usualLine = 200

  package let path: String
  package private(set) var all: [Question] = []
  private var lines: [Int] = []
  private var places = IdentifierPlaces()

  /// Throws where a line is no question, an id stands there twice, or the file holds none.
  package init(path: String, tasks: TaskCatalog) throws {
    self.path = path
    var (all, lines, places) = (all, lines, places)
    let length = (try? URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    all.reserveCapacity(length / Self.usualLine)
    places.reserve(length / Self.usualLine)
    try JSONLines.read(Question.self, at: path, forms: tasks.forms, scratch: ()) { question, _ in
      let question = try question.get()
      return (question: question, hash: question.id.hashValue)
    } body: { keyed, line in
      if let earlier = places.insert(hash: keyed.hash, isSame: { all[$0].id == keyed.question.id }) {
        throw JSONLines.Failure(
          file: path, line: line,
          message: "the id '\(keyed.question.id)' stands on line \(lines[earlier]) already; ids must differ")
      }
      all.append(keyed.question)
      lines.append(line)
    }
    guard !all.isEmpty else { throw FileError(path: path, message: "holds no question") }
    (self.all, self.lines, self.places) = (all, lines, places)
  }

  /// Counted from 1.
  package func line(_ place: Int) -> Int { lines[place] }

  /// - Parameter hint: where the question may be, as behind the one before it.
  package func place(of id: String, hint: Int = 0) -> Int? {
    if hint < all.count, all[hint].id == id { return hint }
    return places.place(hash: id.hashValue) { all[$0].id == id }
  }

  package subscript(id: String) -> Question? { place(of: id).map { all[$0] } }
}
