import ArgumentParser
import Experiments

@main
struct Takt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "takt",
    abstract: "Temporal rewards and the RL stage for models that must know when.",
    discussion: """
      EXAMPLES
        takt demo experiments/demo.yaml                 the RL stage on the embedded policy, with a control, and the result
        takt train experiments/must/4-grpo.yaml         one experiment in runs/must-grpo
        takt score QUESTIONS.jsonl COMPLETIONS.jsonl --rewards experiments/rewards/must.yaml
        takt list rewards                               what an experiment may name
      """,
    version: Manifest.version,
    subcommands: [
      TrainCommand.self, AblateCommand.self, DemoCommand.self, CompareCommand.self, EvaluateCommand.self, ScoreCommand.self,
      ServeCommand.self, ReadCommand.self,
      RolloutsCommand.self, RunsCommand.self, MusicCommand.self, ListCommand.self, RewardsCommand.self, AlgorithmsCommand.self,
      RescoreCommand.self, ReportCommand.self,
      AuditCommand.self, BenchCommand.self, CartPoleCommand.self,
    ])
}
