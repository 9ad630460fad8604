import ArgumentParser
import Experiments
import Foundation
import Judging
import RewardAudit

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Whether rewards can be earned without listening.",
    discussion: """
      FILE holds questions with references, one JSON object a line, or annotated tracks:
      {"track_id": "t1", "duration": 180.5, "segments": [[0, 8.5, "intro"], [8.5, 25.5, "verse"], …]}, whose segments are asked for
      when their label starts with --label. One track may also be a .lab, .jams or .txt annotation.

      Without --html the page stands beside the JSON file, with the ending .html.

      Policies that never hear a track answer beside honest ones, in text, and the properties that rewards should have are checked.
      Baselines are those of --baselines, or fitted to the questions of FILE. Noise is in seconds on tracks of 150 s or longer and less in
      proportion on shorter ones. Ends with exit code 1 where the rewards can be exploited.

      EXAMPLE
        takt rewards audit experiments/rewards/intervals.yaml segments.jsonl --label chorus --json audit.json
      """.manual)

  @Argument(help: "YAML file with the rewards.")
  var spec: String

  @Argument(help: "Questions or annotated tracks, JSON Lines.")
  var file: String

  @Option(help: "Start of the labels of the segments that are asked for.")
  var label = "chorus"

  @Option(help: "File for the numbers.")
  var json: String?

  @Option(help: "File for a page with plots; default: beside the JSON file.")
  var html: String?

  @Option(help: "A run's folder, or its baselines.json, whose baselines are subtracted instead of ones fitted to FILE.")
  var baselines: String?

  @Option(help: "Step at which rewards that follow a schedule are judged, from 0; with --steps.")
  var step: Int?

  @Option(help: "Steps of the run that --step is one of.")
  var steps: Int?

  @Option(help: "Most that the best blind policy may earn, as a share of honest answers with 15 s of noise.")
  var maxRatio = 0.6

  @Option(help: "Least rank correlation of reward and benchmark metric.")
  var minSpearman = 0.85

  @Option(help: "Most that a constant instant may earn on average.")
  var maxConstant = 0.05

  @Option(help: "Most groups of honest answers with 15 s of noise that may earn all the same, as a share.")
  var maxTied = 0.25

  @Option(help: "Seed of the noise.")
  var seed: UInt64 = 1

  func validate() throws {
    for (name, value) in [
      ("max-ratio", maxRatio), ("min-spearman", minSpearman), ("max-constant", maxConstant), ("max-tied", maxTied),
    ] where !value.isFinite {
      throw ValidationError("--\(name) is \(value); give a finite number")
    }
  }

  private static func page(beside json: String) -> String {
    (json.hasSuffix(".json") ? String(json.dropLast(5)) : json) + ".html"
  }

  func run() throws {
    let options = AuditOptions(
      maxRatio: maxRatio, minSpearman: minSpearman, maxConstant: maxConstant, maxTied: maxTied, seed: seed)
    let audit = try Audit(
      spec: spec, file: file, label: label, options: options, baselines: baselines, step: step, steps: steps)
    for notice in audit.notices { StandardStreams.say("warning: \(notice)\n") }
    print(audit.table, terminator: "")
    if let json { try audit.write(json: json) }
    if let page = html ?? json.map(Self.page(beside:)) { try audit.write(html: page) }
    if audit.isExploitable { throw ExitCode(1) }
  }
}
