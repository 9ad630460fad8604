import ArgumentParser
import Evaluations
import Experiments

struct LeaderboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leaderboard",
    abstract: "Results beside MusTBench's published rows, best first.",
    usage: "takt answers leaderboard [<results> ...] [<options>]",
    discussion: """
      RESULTS are what `takt answers evaluate QUESTIONS COMPLETIONS --json` writes. Without any, the published rows alone are shown.
      A place goes to results about MusTBench's 1,264 questions in all eight columns; others stand below, with the reason.

      EXAMPLES
        takt answers leaderboard
        takt answers leaderboard my-model.json other.json --ablation
      """.manual)

  @Argument(help: "Results, one file a model.")
  var results: [String] = []

  @Flag(help: "Also the stages of MusT 7B and its ways to sample tokens.")
  var ablation = false

  @Flag(help: "A Markdown table.")
  var markdown = false

  @Flag(help: "A JSON array instead of a table.")
  var json = false

  func validate() throws {
    if json, markdown { throw ValidationError("choose one of --json and --markdown") }
  }

  func run() throws {
    let board = try Leaderboard(results: results, showsAblation: ablation)
    print(json ? try board.json : board.text(markdown ? .markdown : .terminal), terminator: "")
  }
}
