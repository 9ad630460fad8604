import ArgumentParser
import Experiments

struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "How Takt reads answers: one verdict a line.",
    discussion: """
      FILE holds {"id", "text", "task", "duration"?, "choices"?, "items"?, "scheme"?} a line. Prints {id, outcome, reason?, kind,
      seconds|intervals|choice|order, strict} a line.

      EXAMPLE
        takt read answers.jsonl
      """)

  @Argument(help: "Answers, JSON Lines.")
  var file: String

  func run() throws {
    try AnswerReading(path: file).run { print($0) }
  }
}
