import ArgumentParser
import Foundation
import Testing

@testable import TaktCommands

@Suite("Help of the command line") struct HelpTests {
  @Test func firstScreenHoldsAll() {
    let lines = TaktCommand.helpMessage(columns: 80).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 25, "24 rows and what stands before the prompt")
    #expect(TaktCommand.configuration.subcommands.count <= 12)
    for command in TaktCommand.configuration.subcommands {
      #expect(command.configuration.abstract.contains("takt \(command._commandName) "), "an example of \(command._commandName)")
    }
  }

  @Test(arguments: NamedCommand.all) func helpFits80Columns(_ command: NamedCommand) {
    for line in command.help(columns: 80).split(separator: "\n") {
      #expect(line.count <= 80, "\(command): \(line)")
    }
  }

  @Test(arguments: NamedCommand.all) func everyCommandSaysWhatItDoes(_ command: NamedCommand) {
    #expect(!command.type.configuration.abstract.isEmpty)
    #expect(command.help(columns: 80).contains("USAGE: \(command)"))
  }

  /// Each has an example in its own help or in that of its group.
  @Test(arguments: NamedCommand.all.filter { !$0.words.isEmpty }) func everyCommandHasAnExample(_ command: NamedCommand) {
    let examples = NamedCommand.all.filter { command.words.starts(with: $0.words) }.flatMap(\.examples)
    #expect(examples.contains { $0.starts(with: command.words) }, "\(command) has no example")
  }

  @Test(arguments: NamedCommand.all) func everyExampleParses(_ command: NamedCommand) async throws {
    for example in command.examples {
      let words = CommandWords(example, rewards: [])
      #expect(words.advice == nil && words.fault == nil, "takt \(example.joined(separator: " "))")
      await #expect(throws: Never.self, "takt \(example.joined(separator: " "))") {
        _ = try await TaktCommand.asyncParseAsRoot(words.current)
      }
    }
  }
}
