import Foundation
import Testing

@Suite("Commands on tiny input") struct CommandRunTests {
  private let folder: ScratchFolder

  private static let questions = """
    {"id": "a", "task": "TSG", "question": "When does the piano enter?", "answers": ["0:57"], "duration": 120}
    {"id": "b", "task": "TSG", "question": "When do the drums enter?", "answers": ["1:10"], "duration": 120}

    """
  private static let completions = """
    {"id": "a", "completion": "0:57"}
    {"id": "b", "completion": "I cannot say"}

    """

  init() throws {
    folder = try ScratchFolder()
    try folder.write(Self.questions, to: "questions.jsonl")
    try folder.write(Self.completions, to: "answers.jsonl")
    try folder.write("rewards:\n  - {reward: soft-hit}\n", to: "bad.yaml")
    try folder.write("rewards:\n  - {reward: onset-error, scale: 15}\n  - {reward: unreadable, weight: -1}\n", to: "spec.yaml")
    try folder.write("{\"id\": \"a\", \"text\": \"<answer>0:57</answer>\", \"task\": \"TSG\"}\n", to: "read.jsonl")
  }

  private func takt(_ words: String..., input: String = "") throws -> StartedTakt {
    try StartedTakt(words, in: folder, input: input)
  }

  /// What is typed now prints what the old name prints, which also says on standard error what to type.
  @Test(arguments: [
    (["read", "read.jsonl"], ["answers", "read", "read.jsonl"]),
    (["rewards", "soft-f1"], ["rewards", "show", "soft-f1"]),
    (["rewards", "soft-f1", "--json"], ["rewards", "show", "soft-f1", "--json"]),
    (["algorithms", "grpo"], ["list", "algorithms", "grpo"]),
    (["algorithms"], ["list", "algorithms"]),
    (["algorithms", "diff", "trl", "verl"], ["list", "profiles", "trl", "verl"]),
    (["leaderboard"], ["answers", "leaderboard"]),
    (["list", "rewards", "--spec", "spec.yaml"], ["rewards", "check", "spec.yaml"]),
    (
      ["score", "questions.jsonl", "answers.jsonl", "--rewards", "spec.yaml"],
      ["answers", "score", "questions.jsonl", "answers.jsonl", "--rewards", "spec.yaml"]
    ),
    (["evaluate", "questions.jsonl", "answers.jsonl"], ["answers", "evaluate", "questions.jsonl", "answers.jsonl"]),
    (["rollouts", "nowhere"], ["runs", "rollouts", "nowhere"]),
    (["compare", "nowhere"], ["runs", "scores", "nowhere"]),
    (["rescore", "nowhere", "--rewards", "spec.yaml"], ["rewards", "rescore", "nowhere", "--rewards", "spec.yaml"]),
    (["audit", "spec.yaml", "questions.jsonl"], ["rewards", "audit", "spec.yaml", "questions.jsonl"]),
    (["ask", "nowhere.wav", "When?"], ["policy", "ask", "nowhere.wav", "When?"]),
    (["inspect", "nowhere.wav"], ["tracks", "page", "nowhere.wav"]),
    (["music", "inspect", "nowhere.mid"], ["tracks", "inspect", "nowhere.mid"]),
    (["cartpole", "--seeds", "0"], ["bench", "cartpole", "--seeds", "0"]),
  ]) func oldNamesRunAsBefore(_ old: [String], _ new: [String]) throws {
    let before = try StartedTakt(old, in: folder)
    let now = try StartedTakt(new, in: folder)
    #expect(before.output == now.output)
    #expect(before.code == now.code)
    let lines = before.said.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    #expect(lines[0].contains("is now takt "))
    #expect(String(lines.last ?? "") == now.said, "the advice is said once, and nothing else differs")
    #expect(!now.said.contains("is now"))
  }

  @Test func readsAndScores() throws {
    let read = try takt("answers", "read", "read.jsonl")
    #expect(read.code == 0)
    #expect(read.output.contains("\"answered\"") && read.output.contains("57"))
    let scored = try takt("answers", "score", "questions.jsonl", "answers.jsonl", "--rewards", "spec.yaml")
    #expect(scored.code == 0, "\(scored.said)")
    #expect(scored.output.split(separator: "\n").count == 2)
  }

  @Test func checksRewards() throws {
    let good = try takt("rewards", "check", "spec.yaml")
    #expect(good.code == 0, "\(good.said)")
    #expect(good.output.contains("onset-error"))
    let bad = try takt("rewards", "check", "bad.yaml")
    #expect(bad.code == 1)
    #expect(bad.output.isEmpty && bad.said.contains("bad.yaml"))
  }

  @Test func servesRewards() throws {
    let served = try takt(
      "rewards", "serve", "--rewards", "spec.yaml", "--questions", "questions.jsonl",
      input: "{\"id\": 1, \"completions\": [\"0:57\"], \"ids\": [\"a\"]}\n")
    #expect(served.code == 0, "\(served.said)")
    #expect(served.output.contains("\"rewards\""))
  }

  @Test func listsRewardsAndOptions() throws {
    let bare = try takt("rewards")
    #expect(bare.code == 0 && bare.output.contains("soft-f1"))
    #expect(try takt("rewards", "list").output == bare.output)
    #expect(try takt("list", "options").output.contains("training.steps"))
    let wrong = try takt("list", "rewars")
    #expect(wrong.code == 1 && wrong.said.contains("did you mean 'rewards'"))
  }

  @Test func makesAndSplitsQuestions() throws {
    let made = try takt("questions", "make", "--composed", "2", "--output", "made.jsonl")
    #expect(made.code == 0, "\(made.said)")
    #expect(try takt("questions", "inspect", "made.jsonl").code == 0)
    let kept = try takt("questions", "filter", "made.jsonl", "--task", "tsg")
    #expect(kept.code == 0 && !kept.output.isEmpty)
    #expect(try takt("questions", "split", "made.jsonl", "--output", "parts").code == 0)
  }

  @Test func composesAndInspectsTracks() throws {
    let composed = try takt("tracks", "compose", "--output", "pieces")
    #expect(composed.code == 0, "\(composed.said)")
    let inspected = try takt("tracks", "inspect", "pieces/composed-0-0.json")
    #expect(inspected.code == 0 && !inspected.output.isEmpty, "\(inspected.said)")
  }

  @Test func listsNoRuns() throws {
    #expect(try takt("runs", "list").code == (try takt("runs").code))
    #expect(try takt("runs", "rebuild").output.hasPrefix("0 runs") || !(try takt("runs", "rebuild").said.isEmpty))
  }

  @Test(arguments: [
    ["train", "nowhere.yaml"], ["demo", "nowhere.yaml"], ["ablate", "nowhere.yaml"], ["report", "nowhere"],
    ["policy", "show", "nowhere.safetensors"], ["policy", "convert", "nowhere.safetensors", "--output", "new.safetensors"],
    ["tracks", "render", "nowhere.mid", "out.wav"], ["runs", "compare", "a", "b"],
  ])
  func whatIsMissingIsNamed(_ words: [String]) throws {
    let ended = try StartedTakt(words, in: folder)
    #expect(ended.code == 1 && ended.output.isEmpty)
    #expect(ended.said.hasPrefix("Error: "))
  }

  @Test(arguments: [
    (
      ["questions.jsonl", "--", "true"],
      "for the policy's answers: takt answers evaluate questions.jsonl ANSWERS.jsonl -- true"
    ),
    (["questions.jsonl", "answers.jsonl", "--wav"], "--wav goes with a policy"),
    (["questions.jsonl", "new.jsonl", "--batch", "0", "--", "true"], "--batch in 1…4096"),
    (["questions.jsonl", "new.jsonl", "--address", "nowhere"], "neither unix:PATH"),
  ]) func policiesAreAskedByWholeCommands(_ words: [String], _ message: String) throws {
    let ended = try StartedTakt(["answers", "evaluate"] + words, in: folder)
    #expect(ended.code == 64 && ended.said.contains(message), "\(ended.said)")
  }

  /// A policy that refuses one question of a batch, in version 1 of the messages.
  @Test func aPolicyIsAskedAndScored() throws {
    let policy = """
      answer='{"tokens": [1], "log_probabilities": [-1], "values": [], "text": "0:57", "truncated": false}'
      while read -r line; do
        id=$(printf '%s' "$line" | sed 's/.*[{,]"id":\\([0-9][0-9]*\\)[,}].*/\\1/')
        case $line in
          *hello*) printf '{"id": %s, "protocol": 1, "name": "shell", "value_head": false}\\n' $id ;;
          *drums*) printf '{"id": %s, "error": {"code": "bad-prompt", "message": "no drums"}}\\n' $id ;;
          *) printf '{"id": %s, "completions": [[%s]]}\\n' $id "$answer" ;;
        esac
      done
      """
    try folder.write(policy, to: "policy.sh")
    let words = ["answers", "evaluate", "questions.jsonl", "new.jsonl", "--json"]
    let refused = try StartedTakt(words + ["--", "sh", "policy.sh"], in: folder)
    #expect(refused.code == 1 && refused.said.contains("no drums"), "\(refused.said)")
    let kept = try folder.text("new.jsonl")
    #expect(kept.hasPrefix(#"{"asked":""#) && kept.contains(#""by":"shell","completion":"0:57","id":"a"}"#))
    let scored = try StartedTakt(words + ["--skip-refused", "--", "sh", "policy.sh"], in: folder)
    #expect(scored.code == 0 && scored.output.contains("shell"), "\(scored.said)")
    #expect(scored.said.contains("has 1 of 2 answers; 1 questions are asked") && scored.said.contains("left out 1"))
    #expect(try folder.text("new.jsonl") == kept)
  }

  @Test func unknownCommandsEndWith64() throws {
    let ended = try takt("trian", "x.yaml")
    #expect(ended.code == 64 && ended.output.isEmpty)
    #expect(ended.said.contains("did you mean 'train'"))
  }
}
