import Experiments
import Foundation
import Options
import Questions
import Testing

@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import ExternalPolicies
@testable import Judging
@testable import OptionFiles
@testable import Runs

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
    #expect(issues("policy: {kind: external, command: [python3, x.py], timeout: 5}") == [])
    let said = issues(
      """
      policy: {kind: external, command: [python3, x.py], adapter-rank: 8, width: 512, optimizer: muon}
      start: {encoder: y.st}
      export: out.st
      """)
    let keys = ["policy.adapter-rank", "policy.width", "policy.optimizer", "start.encoder", "export"]
    #expect(said.count == keys.count, "\(said)")
    for key in keys {
      #expect(
        said.contains {
          $0.contains("\(key): is an option of policy kind embedded, and this is policy kind external: leave it out")
        }, "\(key): \(said)")
    }
  }

  @Test func whatIsResolvedHoldsNoneOfThemAndResolvesAgain() throws {
    let text = Self.body + "policy: {kind: external, command: [torchrun, --nproc-per-node, 2, x.py]}"
    let resolved = try ExperimentFile(YAMLFile(text: text, path: "e.yaml")).resolved.yaml()
    #expect(!resolved.contains("adapter-rank"))
    let again = try ExperimentFile(YAMLFile(text: resolved, path: "resolved.yaml"))
    #expect((again.stage.policy as? ExternalPolicyKind)?.command == ["torchrun", "--nproc-per-node", "2", "x.py"])
    #expect(again.resolved.yaml() == resolved)
  }

  @Test func aCommandWrittenAsATextHasOneMessage() {
    #expect(
      issues("policy: {kind: external, command: python3 x.py}") == [
        "line 4: policy.command: must be a list of words, not the text 'python3 x.py': write [python3, x.py]"
      ])
  }

  @Test func anAddressStandsForACommandOrBesideIt() throws {
    #expect(issues("policy: {kind: external, address: 'unix:/tmp/policy.sock'}") == [])
    #expect(issues("policy: {kind: external, command: [python3, x.py], address: 'tcp://gpu7:7000', token-file: t}") == [])
    #expect(
      issues("policy: {kind: external, address: 'gpu7:7000'}") == [
        "line 4: policy.address: is neither unix:PATH (at most 107 bytes) nor tcp://HOST:PORT: 'gpu7:7000'"
      ])
    #expect(issues("policy: {kind: external, command: [a], perturb: shuffle}").first?.contains("policy.perturb") == true)
  }

  @Test func aPromptHoldsAllThatIsAskedAndNoAnswer() throws {
    let question = Question(
      id: "t/ltr/0", trackID: "t", task: "ltr", text: "What changes?", kind: .choice, choices: ["the key", "the tempo"],
      references: [.choice(1)], duration: 30)
    let audio = QuestionPrompt.Audio(path: "/tracks/t.wav", start: 10, end: 20)
    let prompt = QuestionPrompt(question, audio: audio).perturbed(.shuffled)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(
      String(decoding: try encoder.encode(prompt), as: UTF8.self)
        == #"{"audio":{"end":20,"path":"/tracks/t.wav","start":10},"duration":30,"form":"\#(prompt.form)","id":"t/ltr/0","items":[],"#
        + #""options":["the key","the tempo"],"perturb":"shuffled","question":"What changes?","task":"ltr","track":"t"}"#)
  }

  @Test func theFormerSpellingSaysWhatToWrite() {
    #expect(
      issues("policy: {external: [python3, x.py], timeout: 60}\nstart: {policy: p}") == [
        "line 4: policy.external: is written `kind: external` beside `command: [PROGRAM, ARGUMENT, …]` now"
      ])
  }

  @Test func aCommandIsAskedForAndAKindThatThereIsNotIsOneIssue() {
    #expect(issues("policy: {kind: external}").first?.contains("policy.command: is missing: give the program") == true)
    let said = issues(
      "policy: {kind: extrenal, command: [a], width: 3}\nstart: {encoder: e}\nexport: x\nquestions: {levels: heard}")
    #expect(
      said == ["line 4: policy.kind: no policy kind is named 'extrenal'; did you mean 'external'? known: embedded, external"])
  }
}
