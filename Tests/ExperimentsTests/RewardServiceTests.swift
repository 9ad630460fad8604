import Foundation
import Testing

@testable import Judging

struct RewardServiceTests {
  private static let question =
    #"{"id":"q","track_id":"t","task":"tsg","question":"When?","kind":"instant","answers":["0:57"],"duration":222}"#

  private func rewardFile(_ rewards: String = "  - {reward: onset-error, scale: 10}\n") throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).yaml").path
    try "rewards:\n\(rewards)  - {reward: unreadable, weight: -1}\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func answers(_ lines: [String], questions: String? = nil) throws -> [String] {
    let file = try rewardFile()
    defer { try? FileManager.default.removeItem(atPath: file) }
    var service = try RewardService(rewards: file, questions: questions)
    return lines.map { String(decoding: service.answer(Data($0.utf8)), as: UTF8.self) }
  }

  /// An answer with each reason's words, which belong to the reader, as one.
  private static func withoutWords(_ answer: String) -> String {
    answer.replacing(/"reasons":\[[^\]]*\]/) {
      String($0.output.prefix(10)) + $0.output.dropFirst(10).replacing(/"[^"]+"/, with: "words")
    }
  }

  @Test func completionsAreJudged() throws {
    let request =
      #"{"id":4,"completions":["0:57","I hear it at 0:47","no idea"],"questions":[\#(Self.question),\#(Self.question),\#(Self.question)]}"#
    let answer = Self.withoutWords(try answers([request])[0])
    let decayed = exp(-1.0)
    #expect(
      answer
        == #"{"components":{"onset-error":[1,\#(decayed),0],"unreadable":[0,0,1]},"id":4,"outcomes":["answered","answered","unreadable"],"reasons":[null,null,words],"rewards":[1,\#(decayed),-1]}"#
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
    #expect(answers[4] == #"{"components":{"onset-error":[],"unreadable":[]},"id":5,"outcomes":[],"reasons":[],"rewards":[]}"#)
  }

  @Test func questionsAreNamedByTheirIds() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try (Self.question + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      try answers([#"{"completions":["0:57"],"ids":["q"]}"#], questions: path)
        == [#"{"components":{"onset-error":[1],"unreadable":[0]},"outcomes":["answered"],"reasons":[null],"rewards":[1]}"#])
  }

  /// Half an emoji, null and chat messages are completions like any other; ids of requests are texts or whole numbers.
  @Test func idsMayBeWholeNumbersAsInTheQuestionsFile() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try (Self.question.replacing(#""id":"q""#, with: #""id":12"#) + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let answers = try answers([#"{"completions":["0:57","0:57"],"ids":[12,"12"]}"#], questions: path)
    #expect(answers[0].contains(#""rewards":[1,1]"#))
  }

  @Test func oneOddCompletionDoesNotLoseTheBatch() throws {
    let request =
      #"{"id":"a-1","completions":["0:57 \ud83d",null,[{"role":"assistant","content":"0:57"}],"\ud83c\udfb5 0:57"],"questions":["#
      + [String](repeating: Self.question, count: 4).joined(separator: ",") + "]}"
    let answer = try answers([request])[0]
    #expect(answer.contains(#""rewards":[1,-1,1,1]"#) && answer.contains(#""id":"a-1""#) && answer.contains("white space"))
    #expect(try answers([#"{"id":1.5,"completions":[]}"#])[0].contains("must be a string or a whole number"))
    #expect(try answers([#"{"id":"x","completions":7,"questions":[]}"#])[0].contains(#""id":"x""#), "a refusal keeps the name")
  }

  @Test(
    arguments: [
      (#""step":9223372036854775807"#, "'step' is 9223372036854775807"), (#""step":3"#, "without 'steps'"),
      (#""step":-1,"steps":4"#, "'step' is -1"), (#""steps":4"#, "without 'step'"), (#""step":0,"steps":0"#, "'steps' is 0"),
      (#""token_counts":[9223372036854775807]"#, "'token_counts' holds 9223372036854775807"),
      (#""token_counts":[-1]"#, "'token_counts' holds -1"), (#""token_counts":[1,2]"#, "'token_counts' holds 2 items"),
      (#""ids":["q"]"#, "'questions' stands beside 'ids'"), (#""state":null"#, "in a request of its own"),
    ]) func whatIsOutOfBoundsIsRefusedAndChangesNothing(field: String, message: String) throws
  {
    let file = try rewardFile(
      "  - {reward: adaptive-onset-error, rate: 0.5}\n  - {reward: scheduled-onset-error, label: schedule}\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    var service = try RewardService(rewards: file)
    let before = service.answer(Data(#"{"state":null}"#.utf8))
    let answer = String(
      decoding: service.answer(Data(#"{"completions":["0:50"],"questions":[\#(Self.question)],\#(field)}"#.utf8)), as: UTF8.self
    )
    #expect(answer.contains(message) && answer.contains("error"), "\(answer)")
    #expect(service.answer(Data(#"{"state":null}"#.utf8)) == before)
  }

  /// A request's answers are judged in parts by all processors.
  @Test func manyAnswersAreThoseOfEachAlone() throws {
    let texts = (0..<700).map { $0 % 50 == 0 ? "no idea \($0)" : "\($0 % 3):\(10 + $0 % 50)" }
    func request(_ texts: [String]) -> String {
      "{\"completions\":\(texts),\"questions\":[" + texts.map { _ in Self.question }.joined(separator: ",") + "]}"
    }
    let alone = try answers(texts.map { request([$0]) })
    let together = try answers([request(texts)])[0]
    func list(_ answer: String, _ key: String) throws -> [String] {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
      return try #require(object[key] as? [Any]).map { "\($0)" }
    }
    for key in ["rewards", "outcomes", "reasons"] {
      let (all, each) = (try list(together, key), try alone.flatMap { try list($0, key) })
      #expect(all == each, "\(key)")
    }
    #expect(try answers([#"{"completions":[],"ids":[]}"#])[0].contains(#""rewards":[]"#))
  }

  @Test func completionsOfARequestAreBounded() throws {
    let many = [String](repeating: "\"\"", count: 100_001).joined(separator: ",")
    #expect(try answers(["{\"completions\":[\(many)],\"ids\":[]}"])[0].contains("holds 100001, more than 100000"))
  }

  @Test func stateIsReadAndRestored() throws {
    let file = try rewardFile("  - {reward: adaptive-onset-error, rate: 0.5}\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    var service = try RewardService(rewards: file)
    let judge = Data(#"{"completions":["0:50"],"questions":[\#(Self.question)]}"#.utf8)
    for _ in 0..<20 { _ = service.answer(judge) }
    let state = String(decoding: service.answer(Data(#"{"state":null}"#.utf8)), as: UTF8.self)
    var again = try RewardService(rewards: file)
    #expect(again.answer(Data(state.utf8)) == Data(state.utf8), "an answer restores it")
    #expect(again.answer(judge) == service.answer(judge))
    let refused = String(decoding: again.answer(Data(#"{"state":{"adaptive-onset-error/quantile":-1}}"#.utf8)), as: UTF8.self)
    #expect(refused.contains("error") && refused.contains("cannot be -1"))
    #expect(again.answer(judge) == service.answer(judge))
  }

  @Test func aStateThatLacksAPartIsRefused() throws {
    let file = try rewardFile("  - {reward: adaptive-onset-error, label: a}\n  - {reward: adaptive-onset-error, label: b}\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    var service = try RewardService(rewards: file)
    let before = service.answer(Data(#"{"state":null}"#.utf8))
    for state in ["{}", #"{"a/quantile":3,"a/width":2.25,"a/fixed":0,"a/fixed-answers":0}"#] {
      let refused = String(decoding: service.answer(Data(#"{"state":\#(state)}"#.utf8)), as: UTF8.self)
      #expect(refused.contains("the state lacks ") && refused.contains("b/quantile"), "\(refused)")
    }
    #expect(service.answer(Data(#"{"state":null}"#.utf8)) == before)
    let plain = try answers([#"{"state":{}}"#])
    #expect(plain == [#"{"state":{}}"#], "rewards that learn nothing have an empty state")
  }

  /// A request without a step is judged at the step before it, which the notice must not call the first.
  @Test func aStepThatIsMissingAfterOthersIsSaidAsItIs() throws {
    let file = try rewardFile("  - {reward: scheduled-onset-error, label: schedule, first: 30, last: 3}\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    var service = try RewardService(rewards: file)
    let judge = #"{"completions":["0:50"],"questions":[\#(Self.question)]"#
    let stepped = service.answer(Data((judge + #","step":5,"steps":10}"#).utf8))
    #expect(service.newNotices().isEmpty)
    #expect(service.answer(Data((judge + "}").utf8)) == stepped)
    let notices = service.newNotices()
    #expect(notices.count == 1 && notices[0].contains("judged as at that step"), "\(notices)")
  }

  @Test func whatRewardsLackIsSaidOnce() throws {
    let file = try rewardFile(
      "  - {reward: scheduled-onset-error, label: schedule}\n  - {reward: completion-length, weight: -1}\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    var service = try RewardService(rewards: file)
    #expect(service.newNotices().isEmpty)
    let judge = #"{"completions":["0:50"],"questions":[\#(Self.question)]"#
    let answer = String(decoding: service.answer(Data((judge + "}").utf8)), as: UTF8.self)
    #expect(answer.contains(#""completion-length":[null]"#))
    #expect(service.newNotices().count == 2)
    _ = service.answer(Data((judge + "}").utf8))
    #expect(service.newNotices().isEmpty)
    var told = try RewardService(rewards: file)
    let full = String(
      decoding: told.answer(Data((judge + #","token_counts":[384],"step":0,"steps":9}"#).utf8)), as: UTF8.self)
    #expect(full.contains(#""completion-length":[0.5]"#) && told.newNotices().isEmpty)
  }

  @Test func theSameIdTwiceIsRefusedWithItsLines() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try (Self.question + "\n\n" + Self.question + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    #expect {
      try answers([], questions: path)
    } throws: { "\($0)".contains(":3: the id 'q' stands on line 1 already") }
  }

  @Test(arguments: [SIGTERM, SIGINT]) func aSignalEndsTheServiceWithTheCodeOfOneThatWasStopped(signal: Int32) throws {
    let file = try rewardFile()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: try PythonOfTests.takt())
    process.arguments = ["serve", "--rewards", file]
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    // Two requests in one piece, the last without its end.
    let request = #"{"completions":["0:57"],"questions":[\#(Self.question)]}"#
    try input.fileHandleForWriting.write(contentsOf: Data((request + "\n\n" + request + "\n" + request).utf8))
    var answers = Data()
    while answers.count(where: { $0 == 0x0A }) < 2 { answers += output.fileHandleForReading.availableData }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 3)
    #expect(answers.count(where: { $0 == 0x0A }) == 2)
  }

  /// The reward function of `experiments/external-policy/takt_reward.py`, in the first Python on the path, or that of `TAKT_PYTHON`.
  @Test func aTrainerInPythonIsServed() throws {
    guard let python = PythonOfTests.executable else { return }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let text = try PythonOfTests.run(
      python, ["\(tests)/check_takt_reward.py", PythonOfTests.rewardFolder, try PythonOfTests.takt(), folder.path])
    #expect(text == "ok\n")
  }
}

/// Python and the program that it calls.
enum PythonOfTests {
  static let rewardFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../experiments/external-policy").standardizedFileURL.path

  static var executable: String? {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["TAKT_PYTHON"], !named.isEmpty { return named }
    return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func takt() throws -> String {
    let takt = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("takt").path
    try #require(FileManager.default.isExecutableFile(atPath: takt), "\(takt) is built with the tests")
    return takt
  }

  /// What it prints.
  static func run(_ python: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
