import ExternalPolicy
import Foundation
import Policies
import Testing

/// What a policy's process does wrong ends in words, in time, and leaves nothing running.
struct FaultyProcessTests {
  private struct Prompt: Encodable, Sendable {
    var question = "When?"
  }

  /// A policy whose processes can be told from all others by a variable of their environment.
  private struct Case {
    let policy: ExternalPolicy<Prompt>
    let mark: String

    init(_ mode: String, _ argument: String = "", timeout: Double = 20, log: String? = nil) throws {
      mark = "TAKT_TEST_MARK=\(UUID().uuidString)"
      let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("faulty_policy.py").path
      policy = try ExternalPolicy(
        command: ["env", mark, "python3", script, mode, argument], seed: 0, timeout: timeout, log: log, showsErrors: false)
    }

    /// Processes that are left, this test's supervisors included.
    var left: [String] { Self.left(mark) }

    static func left(_ mark: String) -> [String] {
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return entries.filter { entry in
        guard Int(entry) != nil else { return false }
        return ["environ", "cmdline"].contains { file in
          FileManager.default.contents(atPath: "/proc/\(entry)/\(file)").map { $0.range(of: Data(mark.utf8)) != nil } ?? false
        }
      }
    }

    /// What sampling says.
    func sampled(_ requests: Int = 2, words: Int = 1) async -> (said: String, texts: [String]) {
      let prompt = Prompt(question: String(repeating: "When? ", count: words))
      do {
        let groups = try await policy.sample(
          (0..<requests).map { SamplingRequest(prompt: prompt, count: 2, seed: UInt64($0)) },
          with: SamplingParameters(maximumTokens: 8))
        return ("", groups.flatMap { $0.map(\.text) })
      } catch {
        return ("\(error)", [])
      }
    }
  }

  /// Seconds that a case may take with a limit of one second on its answers: ending takes up to five more, a busy machine some.
  private static let patience = Duration.seconds(20)

  @Test(arguments: [
    ("flood", "bytes where a line answers 'sample', more than any answer has: 'yyyy"),
    ("trickle", "gave no answer to 'sample' for 1.0 s: it wrote "),
    ("half", #"it wrote 26 bytes without the end of a line, '{"id": 2, "completions": ['"#),
    ("deaf", "gave no answer to 'sample' for 1.0 s: it read only "),
    ("stubborn", "gave no answer to 'sample' for 1.0 s. Raise policy.timeout"),
    ("family", "gave no answer to 'sample' for 1.0 s"),
  ])
  func silenceAndNoiseEndInTimeAndLeaveNothing(mode: String, expected: String) async throws {
    let faulty = try Case(mode, timeout: 1)
    #expect(!faulty.left.isEmpty)
    let start = ContinuousClock.now
    // A request larger than a pipe takes.
    let said = await faulty.sampled(1000, words: 400).said
    let inTime = mode == "flood" && said.contains("gave no answer to 'sample' for 1.0 s: it wrote ")
    #expect(said.contains(expected) || inTime, "\(said)")
    #expect(ContinuousClock.now - start < Self.patience)
    #expect(faulty.left.isEmpty)
    #expect(await faulty.sampled().said == said, "and again")
  }

  @Test func whatAProcessLeavesBehindWhenItEndsIsEnded() async throws {
    // What it leaves holds its standard output: for longer than the limit of the call, or not.
    for timeout in [1.0, 20] {
      let faulty = try Case("family", "exit", timeout: timeout)
      let said = await faulty.sampled().said
      #expect(said.contains("ended with exit code 5 and left 'sample' unanswered."), "\(said)")
      #expect(faulty.left.isEmpty)
    }
  }

  @Test func aProcessEndsWithItsPolicy() async throws {
    var faulty: Case? = try Case("fine")
    #expect(await faulty?.sampled().texts == ["0:12", "0:12", "0:12", "0:12"])
    let mark = try #require(faulty).mark
    #expect(!Case.left(mark).isEmpty)
    faulty = nil
    #expect(Case.left(mark).isEmpty)
    let other = try Case("fine")
    other.policy.end()
    #expect(other.left.isEmpty)
    #expect(await other.sampled().said.contains("the policy 'fine' was ended"))
  }

  @Test func aProcessThatWritesBeforeItReadsDoesNotBlock() async throws {
    let said = await (try Case("chatter")).sampled(1000, words: 400).said
    #expect(said.contains("answered 'sample' with what is no answer to it: 'zzzz"), "\(said)")
  }

  @Test(arguments: [
    ("nan", "completions[1][1].log_probabilities[1] is NaN, which Python's json writes bare"),
    ("word", "completions[1][1].log_probabilities[1] is not a number"),
    ("null", "completions[1][1].text is null"),
    ("missing", "completions[1][1] has no 'truncated'"),
    ("huge", "completions[1][1].tokens[1] is 2147483648: a whole number from 0 to 2147483647"),
    ("torn", #"ended with exit code 0 and left 'sample' unanswered but for 26 bytes without the end of a line, '{"id": 2, "#),
    ("terminal", #"'\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}31m\u{202E} red': the answer is '\u{1B}', which is no JSON"#),
    ("list", "'[1, 2]': the answer is not an object"),
    ("deep", "[0][0][0][0] is nested deeper than 200 levels"),
    ("numbers", "z[400000] is NaN"),
    ("digits", "z[1] is '01', which is no JSON"),
    ("many", "the answer holds 16777218 values, more than 16777216"),
    ("pretty", "the answer ends in the middle: an answer is one line"),
    ("positive", "completions[1][1] whose log_probabilities[1] is 1.5, above 0"),
    ("long", "completions[1][1] of 9 tokens where maximum_tokens is 8"),
    ("negative", "completions[1][1] whose tokens[1] is -7, below 0"),
    ("counts", "completions[1][1] of 2 tokens with 1 log-probabilities and 0 values"),
  ])
  func whatIsNoAnswerIsSaidWithItsPlace(mode: String, expected: String) async throws {
    let faulty = try Case(mode)
    let said = await faulty.sampled().said
    #expect(said.contains(expected), "\(said)")
    #expect(said.count < 1500 && !said.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(said)")
    #expect(faulty.left.isEmpty)
  }

  @Test func halfACharacterAndARoundingErrorAreTaken() async throws {
    #expect(await (try Case("surrogate")).sampled().texts == ["0:12", "0:12", "0:12", "0:12 \u{FFFD}"])
    #expect(await (try Case("rounding")).sampled().said == "")
  }

  @Test func aRefusalNamesTheCallAndTheProcessGoesOn() async throws {
    let faulty = try Case("refuse")
    let said = await faulty.sampled().said
    #expect(said.contains("refused call 2, 'sample': the track is unknown"), "\(said)")
    #expect(await faulty.sampled().said.contains("refused call 3, 'sample'"))
    let loud = await (try Case("loud")).sampled().said
    #expect(loud.contains("refused call 2, 'sample': \\u{1B}[2Jfirst\nsecondmmm") && loud.count < 2500, "\(loud.prefix(300))")
    // A copy that could not be made says so when it is asked.
    let copy = await faulty.policy.frozen()
    await #expect {
      _ = try await copy.sample([], with: SamplingParameters(maximumTokens: 8))
    } throws: {
      "\($0)".contains("refused call 4, 'freeze': no room for a copy")
    }
  }

  @Test func standardErrorIsKeptAndItsEndIsInTheMessage() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).log").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let said = await (try Case("traceback", log: file)).sampled().said
    #expect(said.contains("ended with exit code 1 and left 'sample' unanswered"), "\(said)")
    #expect(said.hasSuffix("  | RuntimeError: CUDA error: device-side assert triggered"), "\(said)")
    #expect(said.contains("all of it is in \(file)"))
    let kept = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
    #expect(kept.contains("\nloading the model\n") && kept.contains("device-side assert"), "\(kept)")
  }

  @Test func checkpointsComeAndGoWhole() async throws {
    let faulty = try Case("fine", "24", timeout: 120)
    let state = try await faulty.policy.checkpoint()
    #expect(state.count == 24 << 20)
    #expect(state.prefix(512).elementsEqual((0..<512).map { UInt8($0 % 256) }) && state.last == 255)
    try await faulty.policy.restore(state)
    await #expect(throws: PolicyError.self) { try await faulty.policy.restore([1, 2, 3]) }
  }
}
