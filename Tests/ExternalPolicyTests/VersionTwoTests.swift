import ExternalPolicy
import Foundation
import Policies
import Synchronization
import Testing

/// Version 2 of the messages: what is said, what is taken, and what is refused with its place.
struct VersionTwoTests {
  private struct Prompt: Encodable, Sendable {
    var question = "When?"
  }

  private func policy(
    _ mode: String, timeout: Double = 20, checkpoints: String? = nil
  ) throws -> ExternalPolicy<Prompt> {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("version2_policy.py").path
    return try ExternalPolicy(
      command: ["python3", script, mode], seed: 0, timeout: timeout, showsErrors: false, checkpoints: checkpoints)
  }

  private func sampled(_ policy: ExternalPolicy<Prompt>, _ count: Int = 1) async throws -> [[Completion]] {
    try await policy.sample(
      (0..<count).map { SamplingRequest(prompt: Prompt(), count: 2, seed: UInt64($0)) },
      with: SamplingParameters(maximumTokens: 8))
  }

  private func said(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return "nothing was thrown"
    } catch {
      return "\(error)"
    }
  }

  @Test func numbersInBaseSixtyFourAndTextOffsetsAreTaken() async throws {
    let policy = try policy("fine")
    #expect(policy.protocolVersion == 2 && policy.capabilities.textOffsets && policy.capabilities.supervised)
    let completion = try #require(try await sampled(policy).first?.first)
    #expect(completion.logProbabilities == [-0.5, -0.25] && completion.textOffsets == [0, 4])
    #expect(try await sampled(try self.policy("list")).first?.first?.logProbabilities == [-0.5, -0.25])
    let batch = TokenBatch(prompts: [Prompt()], completions: [[1, 2]], promptIndices: [0])
    try await policy.accumulateGradients(for: batch, temperature: 1) { outputs in
      (TokenCotangents(logProbabilities: [1, 2], entropies: [0, 0], values: []), ())
    }
  }

  @Test(arguments: [
    ("nan", "completions[0][0].log_probabilities: number 1 is nan: refuse the call with code non-finite instead"),
    ("torn", "completions[0][0].log_probabilities: is no base 64 (RFC 4648) of little-endian float32"),
    ("beyond", "completions[0][0] whose text_offsets[1] is 9: they do not fall and lie in the 4 bytes"),
    ("falling", "completions[0][0] whose text_offsets[1] is 1"),
    ("fewer", "completions[0][0] of 2 tokens with 1 text_offsets"),
    ("unplaced", "completions[0][0] without text_offsets, which its capabilities promise"),
  ])
  func whatIsNoAnswerIsSaidWithItsPlace(mode: String, expected: String) async throws {
    let policy = try policy(mode)
    let message = await said { _ = try await sampled(policy) }
    #expect(message.contains(expected), "\(message)")
  }

  @Test func capabilitiesThatAreNoneAreRefused() async {
    #expect(await said { _ = try policy("odd") }.contains("capabilities.temperatures is neither 'any' nor 'one'"))
    #expect(await said { _ = try policy("short") }.contains("capabilities.longest_audio is not above 0"))
  }

  @Test func whatItCannotDoIsNotAskedOfIt() async throws {
    let policy = try policy("one")
    #expect(policy.capabilities.temperatures == .one && !policy.capabilities.supervised)
    let batch = TokenBatch(prompts: [Prompt()], completions: [[1, 2]], promptIndices: [0])
    let outputs = try await policy.outputs(for: batch, temperature: 1)
    #expect(outputs.entropies == [0.5, 0.5], "the estimate −log π")
    #expect(await said { _ = try await policy.outputs(for: batch, temperature: 0.7) }.contains("set training.temperature to 1"))
    #expect(try await policy.applyGradients(learningRate: 1, maximumNorm: 1).isNaN)
    let slope = await said {
      try await policy.accumulateGradients(for: batch, temperature: 1) { outputs in
        (TokenCotangents(logProbabilities: [1, 2], entropies: [1, 0], values: []), ())
      }
    }
    #expect(slope.contains("gives no entropies and the loss has a derivative by them"), "\(slope)")
  }

  @Test func signsOfLifeMakeTheLimitOneOnSilence() async throws {
    let policy = try policy("slow", timeout: 1.5)
    #expect(try await sampled(policy).count == 1)
    let silent = try self.policy("silent", timeout: 1.5)
    #expect(await said { _ = try await sampled(silent) }.contains("gave no answer to 'sample' for 1.5 s"))
    let noise = try self.policy("noise", timeout: 20)
    #expect(
      await said { _ = try await sampled(noise) }.contains("signs that it is at work on 'sample': one a second is enough"))
  }

  @Test func answersInAnyOrderFindTheirRequests() async throws {
    let policy = try policy("backwards")
    var ranges: [Range<Int>] = []
    let groups = try await policy.sample(
      (0..<10).map { SamplingRequest(prompt: Prompt(), count: 1, seed: UInt64($0)) },
      with: SamplingParameters(maximumTokens: 8)
    ) { range, _ in ranges.append(range) }
    #expect(groups.map { $0.map(\.text) } == (0..<10).map { ["0:0\($0)"] })
    #expect(ranges == [7..<10, 5..<7, 2..<5, 0..<2])
    let stranger = try self.policy("stranger")
    #expect(
      await said { _ = try await sampled(stranger, 8) }.contains("answered 4 calls, 'sample', with what answers none of them"))
  }

  @Test func checkpointsAreFoldersOfWhichTwoAreKept() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let policy = try policy("folder", checkpoints: folder)
    let first = try await policy.checkpoint()
    #expect(try await policy.checkpoint() == first, "one state, one folder")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count == 1 && names[0].hasPrefix("00000002-"), "\(names)")
    try await policy.restore(first)
    let file = "\(folder)/\(names[0])/weights.bin"
    try Data("12346".utf8).write(to: URL(fileURLWithPath: file))
    #expect(
      await said { try await policy.restore(first) }.contains("weights.bin: is damaged, its digest is not that of the manifest")
    )
    try FileManager.default.removeItem(atPath: file)
    #expect(await said { try await policy.restore(first) }.contains("weights.bin: is in the manifest and is no file"))
    #expect(await said { try await policy.restore([1, 2, 3]) }.contains("3 bytes are no checkpoint of this policy"))
    for extra in ["00000007-0123456789abcdef", "00000009-0123456789abcdee", "note"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(extra)", withIntermediateDirectories: true)
    }
    _ = try await policy.checkpoint()
    let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(left.count == 3 && left[0].hasPrefix("00000009-") && left[1].hasPrefix("00000010-") && left[2] == "note", "\(left)")
  }

  @Test(arguments: [
    ("unix:/tmp/a", "unix:/tmp/a"), ("tcp://gpu7:7000", "tcp://gpu7:7000"), ("tcp://[::1]:7000", "tcp://[::1]:7000"),
    ("tcp://:7000", nil), ("tcp://gpu7:0", nil), ("tcp://gpu7:70000", nil), ("tcp://gpu7", nil), ("unix:", nil),
    ("/tmp/a", nil),
    ("unix:/" + String(repeating: "a", count: 107), nil), ("tcp:", nil), ("", nil),
  ])
  func addressesAreReadOrRefused(text: String, expected: String?) {
    #expect(PolicyAddress(text)?.description == expected)
  }
}
