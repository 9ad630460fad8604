import ArgumentParser

struct AnswersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answers",
    abstract: "Judge any model's: takt answers read ANSWERS.jsonl",
    discussion: """
      Answers of any model, offline: how they are read, what rewards they earn, how MusTBench scores them.

      EXAMPLES
        takt answers read answers.jsonl
        takt answers score questions.jsonl answers.jsonl --rewards experiments/rewards/must.yaml
        takt answers evaluate questions.jsonl answers.jsonl --json > my-model.json
        takt answers leaderboard my-model.json
      """.manual,
    subcommands: [ReadCommand.self, ScoreCommand.self, EvaluateCommand.self, LeaderboardCommand.self])
}
