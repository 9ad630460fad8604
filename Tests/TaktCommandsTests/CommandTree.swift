import ArgumentParser

@testable import TaktCommands

/// One command of the tree, with the words that lead to it.
struct NamedCommand: CustomStringConvertible {
  let words: [String]
  let type: any ParsableCommand.Type

  var description: String { (["takt"] + words).joined(separator: " ") }

  func help(columns: Int) -> String {
    TaktCommand.helpMessage(for: type, includeHidden: false, columns: columns)
  }

  /// Words of each example in the command's own help, as a shell would give them.
  var examples: [[String]] {
    var lines: [String] = []
    for line in type.configuration.discussion.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
      if let last = lines.last, last.hasSuffix("\\") {
        lines[lines.count - 1] = last.dropLast() + String(line)
      } else if line.hasPrefix("takt ") {
        lines.append(String(line))
      }
    }
    return lines.map { Array(Self.words($0).dropFirst()) }
  }

  /// What a shell makes of a line, up to a redirection or to an explanation after three spaces.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    let command = line.firstRange(of: "   ").map { line[..<$0.lowerBound] } ?? line[...]
    for character in command {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character == " " {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return Array(words.prefix { $0 != ">" })
  }

  static let all = below(NamedCommand(words: [], type: TaktCommand.self))

  private static func below(_ command: NamedCommand) -> [NamedCommand] {
    [command]
      + command.type.configuration.subcommands.flatMap {
        below(NamedCommand(words: command.words + [$0._commandName], type: $0))
      }
  }
}
