import ArgumentParser
import Testing

@testable import TaktCommands

@Suite("Names of the command line") struct CommandWordsTests {
  private let rewards = ["soft-f1", "iou"]

  @Test(arguments: CommandWords.renamed.indices) func oldNamesLeadToCommands(_ index: Int) throws {
    let (old, new) = CommandWords.renamed[index]
    let words = CommandWords(old + ["--x", "FILE"], rewards: rewards)
    #expect(words.current == new + ["--x", "FILE"])
    #expect(words.fault == nil)
    let advice = try #require(words.advice)
    #expect(advice.contains("takt \(new.joined(separator: " "))"))
    #expect(
      NamedCommand.all.contains { $0.words == new } || new == ["list", "algorithms"], "\(new) is a command")
    #expect(!NamedCommand.all.contains { $0.words == old }, "\(old) is no command, so help does not show it")
  }

  @Test func oldFormsOfRewardsAndListStay() {
    #expect(CommandWords(["rewards", "iou", "--json"], rewards: rewards).current == ["rewards", "show", "iou", "--json"])
    #expect(CommandWords(["rewards", "--json", "iou"], rewards: rewards).current == ["rewards", "show", "--json", "iou"])
    for words in [["list", "rewards", "--spec", "a.yaml"], ["list", "rewards", "--spec=a.yaml"]] {
      let words = CommandWords(words, rewards: rewards)
      #expect(words.current == ["rewards", "check", "a.yaml"])
      #expect(words.advice?.contains("takt rewards check FILE") == true)
    }
    #expect(CommandWords(["help", "score"], rewards: rewards).current == ["help", "answers", "score"])
  }

  @Test(arguments: [
    ["rewards"], ["rewards", "--json"], ["rewards", "show", "iou"], ["runs", "--where", "seed = 1"],
    ["list", "rewards", "iou"],
    ["policy", "p.safetensors"], ["bench", "--quick"], ["--help"], [], ["help", "runs"], ["runs", "compare", "a", "b"],
    ["--generate-completion-script", "bash"],
  ]) func newNamesPassUnchanged(_ typed: [String]) {
    let words = CommandWords(typed, rewards: rewards)
    #expect(words.current == typed)
    #expect(words.advice == nil && words.fault == nil)
  }

  @Test(arguments: [
    (["trian", "x.yaml"], "'train'"), (["runs", "lst"], "'list'"), (["rewards", "chekc", "x.yaml"], "'check'"),
    (["answers", "scor"], "'score'"), (["help", "ablat"], "'ablate'"),
  ]) func unknownCommandsSuggest(_ typed: [String], _ suggestion: String) throws {
    let fault = try #require(CommandWords(typed, rewards: rewards).fault)
    #expect(fault.contains("did you mean \(suggestion)"))
    #expect(fault.contains("it has: "))
  }
}
