import ArgumentParser
import Experiments
import Files
import Foundation
import Judging
import Rescoring

struct RescoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rescore",
    abstract: "The stored completions of a run under other rewards: what would change, before any training.",
    usage: "takt rewards rescore <folder> --rewards <rewards> ... [<options>]",
    discussion: """
      Every composition is set beside what the run was paid and beside the others: rank correlation, cosine of GRPO's
      advantages, sign flips, tied groups, and the completions on which they disagree most. Adaptive rewards follow the run
      from its first step; baselines are those of the run, or of --baselines. Two rewards are compared on what both score.

      EXAMPLE
        takt rewards rescore runs/demo --rewards experiments/rewards/must.yaml --rewards experiments/rewards/instants.yaml --step 0-99
      """.manual)

  @Argument(help: "A run's folder.")
  var folder: String

  @Option(help: "YAML file with rewards; may be given several times.")
  var rewards: [String] = []

  @Option(help: "Only these steps, as A-B or A.")
  var step: String?

  @Option(help: "Disputed completions of each pair.")
  var count = 5

  @Option(help: "Questions with their references, JSON Lines, for runs of an earlier Takt that stored none.")
  var questions: String?

  @Option(help: "Another run's folder, or a baselines.json, whose baselines are subtracted instead of this run's.")
  var baselines: String?

  @Flag(help: "One JSON object instead of tables.")
  var json = false

  @Option(help: "File for the report instead of standard output.")
  var output: String?

  func validate() throws {
    guard !rewards.isEmpty else { throw ValidationError("give at least one file of rewards with --rewards FILE") }
    guard (0...1000).contains(count) else { throw ValidationError("--count must be 0…1000, not \(count)") }
    _ = try steps()
  }

  private func steps() throws -> ClosedRange<Int>? {
    guard let step else { return nil }
    let parts = step.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil, parts.count <= 2, first <= last else {
      throw ValidationError("--step must be A-B with A ≤ B, or one step, such as 0-99, not '\(step)'")
    }
    return first...last
  }

  func run() throws {
    let rescoring = try Rescoring(
      run: folder, rewards: rewards, steps: try steps(), questions: questions, baselines: baselines, disputedCount: count,
      progress: TerminalRun.plainProgress)
    for warning in rescoring.warnings { StandardStreams.say("warning: \(warning)\n") }
    let report = try rescoring.report(progress: TerminalRun.plainProgress)
    let text = json ? try report.json : report.text
    guard let output else {
      print(text, terminator: "")
      return
    }
    try AtomicFile.write(text, to: output)
  }
}
