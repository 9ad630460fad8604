import TaktTesting
import Testing

struct WritingAPolicyTests {
  @Test func thePolicyConforms() async {
    let policy = TabularPolicy(prompts: 2, positions: 4, words: ["early", "late"])
    var options = PolicyConformanceOptions()
    options.answer = "late"
    options.parameters = policy.parameterAccess
    let failures = await policyConformanceFailures(policy, prompts: [0, 1], options: options)
    #expect(failures.isEmpty, "\(failures)")
  }
}
