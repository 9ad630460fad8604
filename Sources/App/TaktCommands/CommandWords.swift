import ArgumentParser
import Options

/// The words of a command line, with those of earlier versions put into today's.
struct CommandWords {
  /// What is parsed.
  let current: [String]
  /// What to type now, where a name of an earlier version was typed.
  let advice: String?
  /// What is wrong with the command's name, where no command has it.
  let fault: String?

  /// Names of version 0.1 and today's; the former go with the next version.
  static let renamed: [(old: [String], new: [String])] = [
    (["compare"], ["runs", "scores"]),
    (["rollouts"], ["runs", "rollouts"]),
    (["music"], ["tracks"]),
    (["inspect"], ["tracks", "page"]),
    (["read"], ["answers", "read"]),
    (["score"], ["answers", "score"]),
    (["evaluate"], ["answers", "evaluate"]),
    (["leaderboard"], ["answers", "leaderboard"]),
    (["audit"], ["rewards", "audit"]),
    (["rescore"], ["rewards", "rescore"]),
    (["serve"], ["rewards", "serve"]),
    (["ask"], ["policy", "ask"]),
    (["algorithms", "diff"], ["list", "profiles"]),
    (["algorithms", "show"], ["list", "algorithms"]),
    (["algorithms"], ["list", "algorithms"]),
    (["cartpole"], ["bench", "cartpole"]),
  ]

  /// - Parameter rewards: Names of rewards, which once stood behind `takt rewards`.
  init(_ words: [String], rewards: [String]) {
    let isHelp = words.first == "help"
    let typed = isHelp ? Array(words.dropFirst()) : words
    if let (old, new, all) = Self.translation(of: typed, rewards: rewards) {
      current = (isHelp ? ["help"] : []) + all
      advice = "takt \(old) is now takt \(new); the old name goes with the next version"
      fault = nil
    } else {
      current = words
      advice = nil
      fault = Self.unknown(in: typed, of: TaktCommand.self, path: "takt")
    }
  }

  private static func translation(of words: [String], rewards: [String]) -> (old: String, new: String, words: [String])? {
    for (old, new) in renamed where words.starts(with: old) {
      return (old.joined(separator: " "), new.joined(separator: " "), new + words.dropFirst(old.count))
    }
    if words.count > 1, words[0] == "rewards", words.dropFirst().contains(where: rewards.contains),
      words[1].hasPrefix("-") || rewards.contains(words[1])
    {
      return ("rewards NAME", "rewards show NAME", ["rewards", "show"] + words.dropFirst())
    }
    guard words.first == "list", let file = spec(in: words) else { return nil }
    return ("list rewards --spec FILE", "rewards check FILE", ["rewards", "check", file])
  }

  private static func spec(in words: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if word.hasPrefix("--spec=") { return String(word.dropFirst("--spec=".count)) }
      if word == "--spec", index + 1 < words.count { return words[index + 1] }
    }
    return nil
  }

  /// Groups whose first word may be an argument of their default command.
  private static let takesArguments = ["takt list", "takt policy"]

  private static func unknown(in words: [String], of command: any ParsableCommand.Type, path: String) -> String? {
    let known = command.configuration.subcommands
    guard let word = words.first, !word.hasPrefix("-"), !known.isEmpty else { return nil }
    if let next = known.first(where: { $0._commandName == word || $0.configuration.aliases.contains(word) }) {
      return unknown(in: Array(words.dropFirst()), of: next, path: "\(path) \(word)")
    }
    guard !takesArguments.contains(path), word != "help" else { return nil }
    let names = known.map { $0._commandName }
    return
      "\(path) has no command '\(word)'\(Suggestion.words(for: word, among: names)); it has: \(names.joined(separator: ", "))"
  }
}
