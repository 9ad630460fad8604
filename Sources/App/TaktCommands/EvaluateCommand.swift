import ArgumentParser
import Evaluations
import Experiments
import Files
import Foundation
import Judging
import MusTBench

struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score any model's answers as MusTBench does, or a policy on the held-out tracks of an experiment.",
    usage: "takt answers evaluate <files> ... [<options>]",
    discussion: """
      TWO FILES: QUESTIONS.jsonl COMPLETIONS.jsonl, any model, offline. QUESTIONS are in Takt's form (`takt questions make`) or in
      MusTBench's own columns (experiments/parquet-to-jsonl.py converts its table). COMPLETIONS hold {"id", "completion"} a line, one
      for each question. The table has the paper's columns with 95 % intervals over tracks, the best score without listening, chance,
      and the share of answers that cannot be read.

      ONE FILE: an experiment's YAML. --policy is a checkpoint, or one of
        oracle    the ground truth, written in whole seconds: what the answer form costs
        rules     fixed rules on what the encoder's heads say: a ceiling for what reads them
        novelty   peaks of the spectral flux and the loudness, whatever plays: a classical baseline
      A policy of another kind (`policy: {kind: external, …}`) is scored as it starts, or as start.policy has it.

      EXAMPLES
        takt answers evaluate questions.jsonl answers.jsonl --name "my model" --json > my-model.json
        takt answers leaderboard my-model.json
        takt answers evaluate questions.jsonl answers.jsonl --clap clap.jsonl --markdown
        takt answers evaluate experiments/demo.yaml --policy runs/demo/policy.safetensors
        takt answers evaluate experiments/demo.yaml --policy oracle --set 'questions.tasks=[ltr, gto]' --set 'questions.per-track=[1, 1]'
      """.manual)

  enum Benchmark: String, CaseIterable, ExpressibleByArgument {
    case mustbench
  }

  @Argument(help: "Questions and completions (JSON Lines), or an experiment (YAML).")
  var files: [String]

  @Option(help: "Whose columns and metrics.")
  var benchmark = Benchmark.mustbench

  @Option(help: "What the model is called; default the name of the file of completions.")
  var name: String?

  @Option(help: "CLAP scores of the descriptions, {\"id\", \"clap\"} a line, −1…1: the paper's eighth column.")
  var clap: String?

  @Flag(help: "Leave out lines that are wrong or missing, and say which, instead of stopping at the first.")
  var skipBad = false

  @Option(help: "A safetensors file, or oracle, rules or novelty; default the experiment's start.")
  var policy: String?

  @Option(help: "File for every question with the policy's answer and its scores, one a line as in a run's evaluation.jsonl.")
  var answers: String?

  @Option(name: .customLong("set"), help: "Another value for an option, as key.path=value; may be given several times.")
  var overrides: [String] = []

  @Flag(help: "One JSON object instead of a table.")
  var json = false

  @Flag(help: "A Markdown table.")
  var markdown = false

  func validate() throws {
    guard (1...2).contains(files.count) else {
      throw ValidationError("give QUESTIONS and COMPLETIONS, or one experiment's YAML file, not \(files.count) files")
    }
    if files.count == 1, files[0].hasSuffix(".jsonl") {
      throw ValidationError("\(files[0]) holds questions: name the file of completions after it")
    }
    if files.count == 2, policy != nil || answers != nil || !overrides.isEmpty {
      throw ValidationError("--policy, --answers and --set go with an experiment's YAML file, not with completions")
    }
    if let policy, answers != nil, BaselineScores.Kind(rawValue: policy) != nil {
      throw ValidationError("--answers goes with a checkpoint, not with \(policy)")
    }
    if files.count == 1, clap != nil { throw ValidationError("--clap goes with questions and completions") }
    if json, markdown { throw ValidationError("choose one of --json and --markdown") }
  }

  func run() async throws {
    if files.count == 2 { return try evaluateCompletions() }
    if let policy, let baseline = BaselineScores.Kind(rawValue: policy) { return try evaluate(baseline) }
    var overrides = overrides
    if let policy { overrides.append("start.policy=\(policy)") }
    let experiment = try ExperimentFile(path: files[0], overrides: overrides)
    let terminal = TerminalRun(quiet: json)
    let scored = try await HeldOutScores(file: experiment, progress: terminal.progress).answers()
    if let answers { try EvaluationFile.write(scored, to: answers) }
    let table = HeldOutScores.Table(scored, resamples: experiment.stage.resamples)
    print(json ? table.json : table.text)
  }

  private func evaluateCompletions() throws {
    let name = name ?? URL(fileURLWithPath: files[1]).deletingPathExtension().lastPathComponent
    let evaluation = try BenchmarkEvaluation(
      questions: files[0], completions: files[1], clap: clap, name: name, skipsBad: skipBad)
    StandardStreams.say(evaluation.intake.report)
    try show(evaluation.result)
  }

  private func evaluate(_ baseline: BaselineScores.Kind) throws {
    let experiment = try ExperimentFile(path: files[0], overrides: overrides)
    let terminal = TerminalRun(quiet: json)
    try show(BaselineScores(file: experiment, progress: terminal.progress).result(of: baseline))
  }

  private func show(_ result: BenchmarkResult) throws {
    print(json ? try result.json : result.text(markdown ? .markdown : .terminal), terminator: "")
  }
}
