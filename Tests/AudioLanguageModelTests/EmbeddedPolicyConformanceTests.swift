import AudioLanguageModel
import Policies
import TaktTesting
import Tensors
import Testing

@Suite("EmbeddedPolicy conformance")
struct EmbeddedPolicyConformanceTests {
  @Test("keeps what every policy promises", arguments: [(true, 0), (true, 3), (false, 0), (false, 3)], [false, true])
  func conforms(_ heads: (hasValueHead: Bool, adapterRank: Int), isAmple: Bool) async throws {
    let policy = EmbeddedPolicy(
      SyntheticTracks.tinyConfiguration(
        hasValueHead: heads.hasValueHead, adapterRank: heads.adapterRank, isAmple: isAmple), encoder: SyntheticTracks.encoder,
      seed: 3)
    var tracks = SyntheticTracks(seed: 41)
    let (first, second) = (tracks.audio("a", seconds: 9), tracks.audio("b", seconds: 7))
    let prompts = [
      try policy.prompt(first, question: "When does the piano first start to play?"),
      try policy.prompt(first, question: "Describe by instrument"),
      try policy.prompt(second, question: "When does the drums finally stop playing?"),
    ]
    var options = PolicyConformanceOptions()
    options.maximumTokens = 8
    let failures = await policyConformanceFailures(policy, prompts: prompts, options: options)
    #expect(failures.isEmpty, "\(failures)")
    let frozen = await policyConformanceFailures(ofUntrainable: await policy.frozen(), prompts: prompts, options: options)
    #expect(frozen.isEmpty, "\(frozen)")
  }
}
