import AudioLanguageModel
import Foundation
import Options
import Testing

@Suite("options of a policy that starts from a file")
struct StartedPolicyOptionsTests {
  func read(
    _ entries: [(String, OptionValue.Content)], from file: PolicyFile?, isPast: Bool = false
  ) -> (configuration: EmbeddedPolicyConfiguration, issues: [OptionIssue]) {
    let value = OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1, line: 9)) }))
    var reader = isPast ? OptionReader(lenient: value, path: "policy") : OptionReader(value, path: "policy")
    let configuration = EmbeddedPolicyConfiguration(options: &reader, startingFrom: file)
    return (configuration, reader.closed())
  }

  func file(isEarlier: Bool = false, hasValueHead: Bool = true, _ scratch: PolicyFileTests.Scratch) async throws -> PolicyFile {
    let bytes = await SyntheticTracks.tinyPolicy(hasValueHead: hasValueHead, isAmple: true).export()
    return try PolicyFile(path: try scratch.write(isEarlier ? PolicyFileTests.earlier(bytes) : bytes))
  }

  let ample: [(String, OptionValue.Content)] = [
    ("width", .number(16)), ("layers", .number(2)), ("heads", .number(2)), ("feed-forward-width", .number(24)),
    ("projector-width", .number(12)), ("maximum-seconds", .number(130)), ("times", .text("clock")),
    ("listening", .text("full")), ("audio-tokens", .text("dynamic")), ("tokens-per-second", .number(1.5)),
    ("preceding-tokens", .number(2)), ("maximum-text-tokens", .number(24)),
  ]

  @Test("nothing given is the file's shape, with its value head")
  func files() async throws {
    let scratch = try PolicyFileTests.Scratch()
    let file = try await file(scratch)
    let (configuration, issues) = read([("weight-decay", .number(0))], from: file)
    #expect(issues.isEmpty)
    #expect(configuration.model == file.shape)
    #expect(configuration.model.hasValueHead)
    #expect(configuration.weightDecay == 0)
  }

  @Test("the layout of prompts, a value head and low-rank updates may change at a start")
  func changes() async throws {
    let scratch = try PolicyFileTests.Scratch()
    let (configuration, issues) = read(
      [
        ("audio-tokens", .text("uniform")), ("repeat-times", .flag(true)), ("value-head", .flag(true)),
        ("adapter-rank", .number(4)),
      ], from: try await file(hasValueHead: false, scratch))
    #expect(issues.isEmpty)
    #expect(configuration.model.sampling == .uniform && configuration.model.repeatsTimes)
    #expect(configuration.model.hasValueHead && configuration.model.adapterRank == 4)
    #expect(configuration.model.times == .clock && configuration.model.tokensPerSecond == 1.5)
  }

  @Test(
    "an option of the network is an issue at its key and line that says both values",
    arguments: [("causal", "full"), ("full", "full")])
  func refuses(given: String, written: String) async throws {
    let scratch = try PolicyFileTests.Scratch()
    let file = try await file(scratch)
    let (configuration, issues) = read([("listening", .text(given))], from: file)
    #expect(issues.map(\.path) == ["policy.listening"])
    #expect(issues.first?.line == 9)
    for part in [file.path, "has \(written), \(given) is given here", "leave the key out"] {
      #expect(issues.first?.message.contains(part) == true, "\(part)")
    }
    #expect(configuration.model == file.shape)
    #expect(read([("listening", .text(given))], from: nil).issues.map(\.path) == ["policy.listening"])
  }

  @Test("a file of an earlier version takes its shape from an option block, and says so where there is none")
  func earlier() async throws {
    let scratch = try PolicyFileTests.Scratch()
    let file = try await file(isEarlier: true, scratch)
    let block = ample.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }
    let (configuration, issues) = read([("shape", .map(block)), ("audio-tokens", .text("silent"))], from: file)
    #expect(issues.isEmpty)
    #expect(configuration.model.hasValueHead && configuration.model.times == .clock)
    #expect(configuration.model.sampling == .silent)
    let silent = read([], from: file).issues
    #expect(silent.map(\.path) == ["policy.shape"])
    #expect(silent.first?.message.contains("Say it here: shape: {") == true)
    let wrong = read([("shape", .map(Array(block.dropFirst())))], from: file).issues
    #expect(wrong.map(\.path) == ["policy.shape"])
    #expect(wrong.first?.message.contains("width: 128, so projector.out.weight must have shape [128, 12]") == true)
    #expect(read(ample, from: file).issues.contains { $0.path == "policy.width" })
    let both = read([("shape", .map(block))], from: try await self.file(scratch)).issues
    #expect(both.map(\.path) == ["policy.shape"])
  }

  @Test("runs of earlier versions, which repeated the shape, are read as they were made")
  func past() async throws {
    let scratch = try PolicyFileTests.Scratch()
    for isEarlier in [true, false] {
      let (configuration, issues) = read(
        ample + [("words", .list([])), ("value-head", .flag(true))], from: try await file(isEarlier: isEarlier, scratch),
        isPast: true)
      #expect(issues.isEmpty)
      #expect(configuration.model.precedingTokens == 2 && configuration.model.times == .clock)
    }
    let (configuration, issues) = read(ample + [("words", .list([]))], from: nil, isPast: true)
    #expect(issues.isEmpty && configuration.model.listening == .full)
    // An arm is read leniently too, and gives an option here and there.
    let arm = read([("width", .number(64))], from: try await file(scratch), isPast: true).issues
    #expect(arm.map(\.path) == ["policy.width"])
  }
}
