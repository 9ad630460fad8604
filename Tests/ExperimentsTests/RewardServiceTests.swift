import Experiments
import Foundation
import Testing

struct RewardServiceTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    .standardizedFileURL.path
  private static let question =
    #"{"id":"q","track_id":"t","task":"tsg","question":"When?","kind":"instant","answers":["0:57"],"duration":222}"#

  private func rewardFile() throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).yaml").path
    try "rewards:\n  - {reward: onset-error, scale: 10}\n  - {reward: unreadable, weight: -1}\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func answers(_ lines: [String], questions: String? = nil) throws -> [String] {
    let file = try rewardFile()
    defer { try? FileManager.default.removeItem(atPath: file) }
    var service = try RewardService(rewards: file, questions: questions)
    return lines.map { String(decoding: service.answer(Data($0.utf8)), as: UTF8.self) }
  }

  @Test func completionsAreJudged() throws {
    let request =
      #"{"id":4,"completions":["0:57","I hear it at 0:47","no idea"],"questions":[\#(Self.question),\#(Self.question),\#(Self.question)]}"#
    let answer = try answers([request])[0]
    let decayed = exp(-1.0)
    #expect(
      answer
        == #"{"components":{"onset-error":[1,\#(decayed),0],"unreadable":[0,0,1]},"id":4,"outcomes":["answered","answered","unreadable"],"rewards":[1,\#(decayed),-1]}"#
    )
  }

  @Test func whatCannotBeAnsweredIsSaidAndTheNextIsServed() throws {
    let answers = try answers([
      "hello", #"{"id":1,"completions":["0:57"]}"#, #"{"id":2,"completions":["0:57"],"ids":["q"]}"#,
      #"{"id":3,"completions":["0:57"],"questions":[]}"#, #"{"id":5,"completions":[],"questions":[]}"#,
    ])
    #expect(answers[0].contains("line 1 is no request"))
    #expect(answers[1].contains("neither 'questions' nor 'ids'") && answers[1].contains(#""id":1"#))
    #expect(answers[2].contains("'q' is no question that was loaded"))
    #expect(answers[3].contains("'questions' holds 0 items for 1 completions"))
    #expect(answers[4] == #"{"components":{"onset-error":[],"unreadable":[]},"id":5,"outcomes":[],"rewards":[]}"#)
  }

  @Test func questionsAreNamedByTheirIds() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try (Self.question + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      try answers([#"{"completions":["0:57"],"ids":["q"]}"#], questions: path)
        == [#"{"components":{"onset-error":[1],"unreadable":[0]},"outcomes":["answered"],"rewards":[1]}"#])
  }

  /// The reward function of `experiments/external-policy/takt_reward.py`, in the Python that `TAKT_PYTHON` names.
  @Test func aTrainerInPythonIsServed() throws {
    guard let python = ProcessInfo.processInfo.environment["TAKT_PYTHON"], !python.isEmpty else { return }
    let takt = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("takt").path
    try #require(FileManager.default.isExecutableFile(atPath: takt), "\(takt) is built with the tests")
    let file = try rewardFile()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let script = """
      import sys, json
      sys.path.insert(0, "\(Self.folder)/experiments/external-policy")
      from takt_reward import TaktReward
      question = json.loads('\(Self.question)')
      reward = TaktReward("\(file)", takt="\(takt)")
      print(reward(prompts=None, completions=["0:57", "nothing"], takt_question=[question] * 2))
      print(reward(prompts=None, completions=["0:57"] * 5000, takt_question=[question] * 5000) == [1] * 5000)
      """
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "[1, -1]\nTrue\n")
  }
}
