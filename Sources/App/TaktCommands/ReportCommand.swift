import Ablations
import ArgumentParser
import Comparisons
import Experiments
import Files
import Foundation

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Which arm is better, on a page: takt report runs/demo",
    usage: "takt report <folders> ... [<options>]",
    discussion: """
      One page about runs or a grid: which arm is better, by how much and how surely.
      Runs that differ in nothing but their seed are seeds of one arm. Arms are compared with the one that was trained without
      rewards, or with --baseline; one arm with its start. The page holds results with intervals over seeds and tracks and plain
      words, learning curves, what each part of the reward paid for, how the answers behave, the best, worst and most disputed
      questions with picture and sound, warnings, commands and configuration. It opens from disk without a network.

      Other formats hold the words and tables: csv is tidy, a line a number; latex needs the packages booktabs and amssymb.

      EXAMPLES
        takt report runs/demo                                            runs/demo/report.html
        takt report runs/grpo-seed-* runs/ppo-seed-* --output compare.html
        takt report runs/rewards --baseline must --format latex          a grid, against one of its arms
      """.manual)

  @Argument(help: "Folders of runs, or of one grid.")
  var folders: [String]

  @Option(help: "The arm that the others are compared with: its name, or the folder of one of its runs.")
  var baseline: String?

  @Option(help: "One of html, markdown, csv, latex.")
  var format: Report.Format = .html

  @Option(help: "The file to write; default report.html in the first folder, other formats on standard output.")
  var output: String?

  @Option(help: "The sound of the tracks shown: embed it, link files beside the page, or none.")
  var sound: Report.Sound = .embed

  func run() throws {
    let path = output ?? "\(folders[0])/report.html"
    let report = try Report(
      folders, baseline: baseline, sound: format == .html ? sound : .none, hasPictures: format == .html, output: path,
      progress: TerminalRun.plainProgress)
    if format != .html, output == nil {
      print(report.text(format), terminator: "")
      return
    }
    try AtomicFile.write(report.text(format), to: path)
    print(path)
  }
}

extension Report.Format: ExpressibleByArgument {}
extension Report.Sound: ExpressibleByArgument {}
