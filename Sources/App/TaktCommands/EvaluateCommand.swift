import ArgumentParser
import AskedPolicies
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
    usage: """
      takt answers evaluate <questions> <completions> [<options>]
      takt answers evaluate <questions> <completions> [<options>] -- <command>
      takt answers evaluate <experiment> [<options>]
      """,
    discussion: """
      TWO FILES: QUESTIONS.jsonl COMPLETIONS.jsonl, any model, offline. QUESTIONS are in Takt's form (`takt questions make`) or in
      MusTBench's own columns (experiments/parquet-to-jsonl.py converts its table). COMPLETIONS hold {"id", "completion"} a line, one
      for each question. The table has the paper's columns with 95 % intervals over tracks, the best score without listening, chance,
      and the share of answers that cannot be read.

      TWO FILES AND A POLICY: after -- the command of a policy in another process (docs/external-policy.md), or --address where it
      listens. It is asked every question that COMPLETIONS does not answer yet, greedily, with the recording that the question's "audio"
      names; each batch of answers is on the disk before the next is asked, so that the same command goes on after an end of any kind.
      Then all are scored. `python3 -m takt_rl.endpoint` (pip install ./python) asks an OpenAI-compatible server that takes audio, with
      retries; its key is in the variable OPENAI_API_KEY and nowhere else. --wav for recordings that are not WAV.

      ONE FILE: an experiment's YAML. --policy is a checkpoint, or one of
        oracle    the ground truth, written in whole seconds: what the answer form costs
        rules     fixed rules on what the encoder's heads say: a ceiling for what reads them
        novelty   peaks of the spectral flux and the loudness, whatever plays: a classical baseline
      A policy of another kind (`policy: {kind: external, …}`) is scored as it starts, or as start.policy has it.

      EXAMPLES
        takt answers evaluate questions.jsonl answers.jsonl --name "my model" --json > my-model.json
        takt answers leaderboard my-model.json
        takt answers evaluate questions.jsonl answers.jsonl --clap clap.jsonl --markdown
        takt answers evaluate questions.jsonl answers.jsonl -- python3 my_policy.py
        takt answers evaluate questions.jsonl answers.jsonl --skip-refused -- \\
          python3 -m takt_rl.endpoint --url http://localhost:8000/v1 --model Qwen/Qwen2-Audio-7B-Instruct
        takt answers evaluate experiments/demo.yaml --policy runs/demo/policy.safetensors
        takt answers evaluate experiments/demo.yaml --policy oracle --set 'questions.tasks=[ltr, gto]' --set 'questions.per-track=[1, 1]'
      """.manual)

  enum Benchmark: String, CaseIterable, ExpressibleByArgument {
    case mustbench
  }

  @Argument(help: "Questions (JSON Lines), or an experiment (YAML).")
  var questions: String

  @Argument(help: "Completions (JSON Lines); with a policy the file that its answers are added to.")
  var completions: String?

  @OptionGroup(title: "Asking a policy in another process")
  var asking: AskingOptions

  @Option(help: "Whose columns and metrics.")
  var benchmark = Benchmark.mustbench

  @Option(help: "What the model is called; default the name of the file of completions, or what the policy calls itself.")
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
    if asking.isUsed, completions == nil {
      throw ValidationError(
        "give a file for the policy's answers: takt answers evaluate \(questions) ANSWERS.jsonl -- \(asking.shown)")
    }
    if let stray = asking.stray, !asking.isUsed {
      throw ValidationError("\(stray) goes with a policy: give its command after --, or --address")
    }
    if completions == nil, questions.hasSuffix(".jsonl") {
      throw ValidationError("\(questions) holds questions: name the file of completions after it")
    }
    if completions != nil, policy != nil || answers != nil || !overrides.isEmpty {
      throw ValidationError("--policy, --answers and --set go with an experiment's YAML file, not with completions")
    }
    if let policy, answers != nil, BaselineScores.Kind(rawValue: policy) != nil {
      throw ValidationError("--answers goes with a checkpoint, not with \(policy)")
    }
    if completions == nil, clap != nil { throw ValidationError("--clap goes with questions and completions") }
    if json, markdown { throw ValidationError("choose one of --json and --markdown") }
  }

  func run() async throws {
    if let completions {
      let asked = asking.isUsed ? try await ask(for: completions) : nil
      return try evaluate(completions, by: asked)
    }
    if let policy, let baseline = BaselineScores.Kind(rawValue: policy) { return try evaluate(baseline) }
    var overrides = overrides
    if let policy { overrides.append("start.policy=\(policy)") }
    let experiment = try ExperimentFile(path: questions, overrides: overrides)
    let terminal = TerminalRun(quiet: json)
    let scored = try await HeldOutScores(file: experiment, progress: terminal.progress).answers()
    if let answers { try EvaluationFile.write(scored, to: answers) }
    let table = HeldOutScores.Table(scored, resamples: experiment.stage.resamples)
    print(json ? table.json : table.text)
  }

  /// Asks the policy what is not answered yet.
  private func ask(for completions: String) async throws -> PolicyInterview.Outcome {
    var intake = Intake(skipsBad: skipBad)
    let outcome = try await asking.interview(showsErrors: !json).run(
      questions: questions, completions: completions, intake: &intake, progress: json ? .silent : TerminalRun.plainProgress
    ) { StandardStreams.say("\($0)\n") }
    if !outcome.refused.isEmpty {
      StandardStreams.say(
        "left out \(outcome.refused.count) that \(outcome.policy) refused; the same command asks them again:\n"
          + outcome.refused.map { "  \($0)\n" }.joined())
    }
    if outcome.cut > 0 {
      StandardStreams.say(
        "\(outcome.cut) answers ended at the limit of \(asking.maximumTokens) tokens: give --maximum-tokens and another file\n")
    }
    return outcome
  }

  private func evaluate(_ completions: String, by asked: PolicyInterview.Outcome?) throws {
    let file = URL(fileURLWithPath: completions).deletingPathExtension().lastPathComponent
    let evaluation = try BenchmarkEvaluation(
      questions: questions, completions: completions, clap: clap, name: name ?? asked?.policy ?? file,
      skipsBad: skipBad || asked?.refused.isEmpty == false)
    StandardStreams.say(evaluation.intake.report)
    try show(evaluation.result)
  }

  private func evaluate(_ baseline: BaselineScores.Kind) throws {
    let experiment = try ExperimentFile(path: questions, overrides: overrides)
    let terminal = TerminalRun(quiet: json)
    try show(BaselineScores(file: experiment, progress: terminal.progress).result(of: baseline))
  }

  private func show(_ result: BenchmarkResult) throws {
    print(json ? try result.json : result.text(markdown ? .markdown : .terminal), terminator: "")
  }
}
