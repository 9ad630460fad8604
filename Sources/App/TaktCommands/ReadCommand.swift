import ArgumentParser
import Experiments
import Judging

struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "How Takt reads answers: one verdict a line.",
    discussion: """
      FILE holds {"id", "completion", "task", "duration"?, "choices"?, "items"?, "scheme"?} a line; "text" will do for "completion". The task is TSG (an instant), MTR
      (intervals), LTR or GTO (a letter), GTO-order (an order of "items") or TAD (text), or one of the kinds instant, intervals,
      choice, order, text. Prints {id, outcome, reason?, kind, seconds|intervals|choice|order|text, strict} a line: the outcome is
      answered, empty (an explicit "none") or the fault, such as hedged, reversed or unclosed-tag, and the reason says it in words.
      A time outside the track is an answer: rewards judge the range.

      EXAMPLE
        echo '{"id": "a", "text": "<answer>0:57–1:12</answer>", "task": "MTR"}' > answers.jsonl
        takt answers read answers.jsonl
      """.manual)

  @Argument(help: "Answers, JSON Lines.")
  var file: String

  func run() throws {
    try AnswerReading(path: file).run { print($0) }
  }
}
