import Experiments
import Foundation
import Options
import Testing

/// Experiment files that name a policy in another process.
struct ExternalPolicyFileTests {
  private static let body = """
    name: e
    rewards: [{reward: onset-error, scale: 15}, {reward: unreadable, weight: -1}]
    algorithm: {algorithm: grpo}

    """

  private func issues(_ lines: String) -> [String] {
    do {
      _ = try ExperimentFile(YAMLFile(text: Self.body + lines, path: "e.yaml"))
      return []
    } catch let error as ExperimentError {
      return error.issues.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func optionsOfTheEmbeddedPolicyAreRefusedBesideIt() throws {
    #expect(issues("policy: {external: [python3, x.py], timeout: 5}") == [])
    let said = issues(
      """
      policy: {external: [python3, x.py], adapter-rank: 8, width: 512, optimizer: muon}
      start: {policy: x.st, encoder: y.st}
      export: out.st
      """)
    let keys = ["policy.adapter-rank", "policy.width", "policy.optimizer", "start.policy", "start.encoder", "export"]
    #expect(said.count == keys.count, "\(said)")
    for key in keys {
      #expect(said.contains { $0.contains("\(key): has no effect beside policy.external") }, "\(key): \(said)")
    }
  }

  @Test func whatIsResolvedHoldsNoneOfThemAndResolvesAgain() throws {
    let text = Self.body + "policy: {external: [torchrun, --nproc-per-node, 2, x.py]}"
    let resolved = try ExperimentFile(YAMLFile(text: text, path: "e.yaml")).resolved.yaml()
    #expect(!resolved.contains("adapter-rank"))
    let again = try ExperimentFile(YAMLFile(text: resolved, path: "resolved.yaml"))
    #expect(again.externalPolicy == ["torchrun", "--nproc-per-node", "2", "x.py"])
    #expect(again.resolved.yaml() == resolved)
  }

  @Test func aCommandWrittenAsATextHasOneMessage() {
    #expect(
      issues("policy: {external: python3 x.py}") == [
        "line 4: policy.external: must be a list of words, not the text 'python3 x.py': write [python3, x.py]"
      ])
  }

  @Test func evaluatingOneSaysWhereItsScoresAre() async throws {
    let file = try ExperimentFile(YAMLFile(text: Self.body + "policy: {external: [python3, x.py]}", path: "e.yaml"))
    await #expect {
      _ = try await HeldOutScores(file: file, progress: .silent).answers()
    } throws: {
      "\($0)".hasPrefix("e.yaml: names a policy in another process (policy.external), which only `takt train` starts")
    }
  }
}
