import ArgumentParser
import Comparisons
import Experiments

struct ScoresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scores",
    abstract: "Held-out scores of finished runs before and after, beside those of a control.",
    usage: "takt runs scores <runs> ... [--control <control> ...] [<options>]",
    discussion: """
      Several runs of one experiment are seeds of one arm. Intervals are 95 % bootstrap intervals that draw seeds and tracks, of one
      seed tracks alone; differences pair the same tracks, and the same seeds where both arms have them. Nothing is corrected for
      the number of rows.

      EXAMPLE
        takt runs scores runs/demo-seed-* --control runs/demo-control-seed-* --blind
      """.manual)

  @Argument(help: "Folders of finished runs, one a seed.")
  var runs: [String]

  @Option(parsing: .upToNextOption, help: "Folders of the control's runs, one a seed.")
  var control: [String] = []

  @Flag(help: "Put the best constant answers beside them: one time or interval for all questions of a kind.")
  var blind = false

  @Flag(help: "Print a Markdown table.")
  var markdown = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let comparison = try Comparison(runs: runs, control: control, blind: blind)
    if json {
      print(try comparison.json, terminator: "")
      return
    }
    print(markdown ? comparison.markdown : try comparison.terminalText())
  }
}
