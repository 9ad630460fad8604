import ArgumentParser
import Experiments
import Foundation
import Judging

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Rewards for another program, such as a trainer in Python: JSON lines in, JSON lines out.",
    usage: "takt rewards serve --rewards <rewards> [<options>]",
    discussion: """
      A request a line: {"id": 1, "completions": ["0:57"], "questions": [{"id", "track_id", "task", "question", "answers", "duration"}]}, or
      "ids" instead of "questions" where --questions loaded them; "token_counts", "truncated", "step" with "steps" for rewards that
      want them. The answer: {"id": 1, "rewards": [0.9], "components": {…}, "outcomes": ["answered"], "reasons": [null]}, or
      {"id": 1, "error": "…"}. {"state": null} reads what adaptive rewards have learnt, {"state": {…}} restores it. Ends with its
      input, or with code 3 after the request that it is at when it is told to (Ctrl-C, SIGTERM). docs/external-policy.md has a
      reward function for TRL.

      Baselines are those of --baselines, or fitted to --questions: both change rewards. Standard error says which.

      EXAMPLE
        takt rewards serve --rewards experiments/rewards/must.yaml --questions questions.jsonl
      """.manual)

  @Option(help: "YAML file with the rewards.")
  var rewards: String

  @Option(help: "Questions with their references, JSON Lines, to be named by id; baselines are fitted to them.")
  var questions: String?

  @Option(help: "A run's folder, or its baselines.json, whose baselines are subtracted.")
  var baselines: String?

  func run() throws {
    var service = try RewardService(rewards: rewards, questions: questions, baselines: baselines)
    Self.note(service.newNotices())
    let interruption = Interruption {}
    var requests = RequestLines(limit: RewardService.longestLine) { interruption.isRequested }
    while true {
      let answer: Data
      switch try requests.next() {
      case .line(let line) where line.allSatisfy({ $0 == 0x0D || $0 == 0x20 }): continue
      case .line(let line): answer = service.answer(line)
      case .tooLong: answer = service.refuseLongLine()
      case .end: return
      case .stopped: throw ExitCode(3)
      }
      try FileHandle.standardOutput.write(contentsOf: answer + [0x0A])
      Self.note(service.newNotices())
    }
  }

  private static func note(_ notices: [String]) {
    for notice in notices { StandardStreams.say("warning: \(notice)\n") }
  }
}
