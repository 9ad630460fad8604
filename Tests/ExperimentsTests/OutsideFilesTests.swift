import Experiments
import Foundation
import Options
import Testing

@testable import Ablations
@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import OptionFiles
@testable import Runs

/// YAML from others: whatever it holds, it is read or refused in words.
struct OutsideFilesTests {
  private func message(_ text: String) -> String {
    do {
      _ = try YAMLFile(text: text, path: "x.yaml")
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func aliasesAreCountedAsTheyExpand() throws {
    let letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    var bomb = "name: lol\na: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for (before, letter) in zip(letters, letters.dropFirst()) {
      bomb += "\(letter): &\(letter) [\((0..<10).map { _ in "*\(before)" }.joined(separator: ","))]\n"
    }
    let refused = message(bomb)
    // 10⁵ values are passed where line 6 holds 10⁵ of its own.
    #expect(refused.hasPrefix("x.yaml: line 6: "), "\(refused)")
    #expect(refused.contains("more than 100000 values, its aliases expanded"))
    // The same as a key is expanded by the parser itself, before a value could be counted.
    #expect(message(bomb + "? *i\n: 1\n").contains("line 11: a key that is more than a word"))
    #expect(message(bomb + "{*i : 1}\n").contains("a key that is more than a word"))
    #expect(message(bomb.replacing("name: lol\n", with: "") + "j: {[*i]: 1}\n").contains("a key that is more than a word"))
    let shared = try YAMLFile(text: "a: &a {steps: 3}\nb: *a\nc: *a\n", path: "x.yaml").root
    #expect(shared.yaml() == "a:\n  steps: 3\nb:\n  steps: 3\nc:\n  steps: 3\n")
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 101) + String(repeating: "]", count: 101)
    #expect(message("a: \(deep)").contains("nested more than 100 deep"))
    #expect(message("a: \(deep.dropFirst(2).dropLast(2))").isEmpty)
    #expect(!message("a: " + String(repeating: "[", count: 20_000)).isEmpty)
    #expect(!message(String(repeating: "- ", count: 20_000) + "a").isEmpty)
    let path = [String](repeating: "a", count: 50_000).joined(separator: ".")
    #expect(throws: Never.self) { try YAMLFile(text: "a: 1", path: "x.yaml").overridden(by: ["\(path)=1"]) }
  }

  @Test func aKeyThatIsNoWordIsRefused() {
    #expect(message("? [a, b]\n: 1\n").contains("line 1: has a key that is no word"))
  }

  /// Case 19: `0123`, `3.10`, `1_000`, `12e5`, `1:30` and their like.
  @Test(arguments: [
    "0123", "3.10", "1_000", "12e5", "1:30", "2026-01-15", "0x1F", "0o17", "1e400", "+7", "12345678901234567890", "0b11", "1.",
    "-0", "v1",
  ])
  func aNameIsWhatIsWritten(_ name: String) throws {
    for text in [name, "\"\(name)\"", "'\(name)'"] {
      let file = try ExperimentFile(YAMLFile(text: Self.encoder(name: text), path: "x.yaml"))
      #expect(file.name == name && file.summary == name)
      let again = try ExperimentFile(YAMLFile(text: file.resolved.yaml(), path: "resolved.yaml"))
      #expect(again.name == name && again.resolved == file.resolved)
    }
    let set = try YAMLFile(text: Self.encoder(name: "x"), path: "x.yaml").overridden(by: ["name=\(name)"])
    #expect(try ExperimentFile(set).name == name)
  }

  @Test(arguments: ["no", "on", "y", "~", "true", "null", ""])
  func aNameThatIsAFlagOrNothingIsKeptOrAskedForInQuotes(_ name: String) throws {
    do {
      #expect(try ExperimentFile(YAMLFile(text: Self.encoder(name: name), path: "x.yaml")).name == name)
    } catch {
      #expect("\(error)".contains("line 1: name: must be text") && "\(error)".contains("put it in quotes"))
    }
    guard !name.isEmpty else { return }
    #expect(try ExperimentFile(YAMLFile(text: Self.encoder(name: "\"\(name)\""), path: "x.yaml")).name == name)
  }

  @Test(arguments: [
    ("\"\"", "is empty"), ("..", "must not begin with a dot"), (".cache", "must not begin with a dot"),
    (".5", "must not begin with a dot"),
    ("../../x", "must not begin"), ("a/../../x", "must hold no '/'"), ("/tmp/x", "must hold no '/'"),
    ("\"a\\nb\"", "no control"),
    ("\"a\\0b\"", "no control"), ("\"a\\u200Eb\"", "no control"), ("\" a\"", "no space at its ends"),
    ("index.sqlite", "the index of runs"),
    (String(repeating: "x", count: 201), "has 201 bytes of at most 200"),
  ])
  func namesCannotLeaveRuns(_ name: String, _ words: String) {
    #expect {
      try ExperimentFile(YAMLFile(text: Self.encoder(name: name), path: "x.yaml"))
    } throws: { "\($0)".contains("line 1: name: \(words)") || "\($0)".contains("name: ") && "\($0)".contains(words) }
    #expect {
      try AblationFile(YAMLFile(text: "name: \(name)\nexperiment: {name: x}\ngrid: {seed: [1]}\n", path: "g.yaml"))
    } throws: { "\($0)".contains(words) }
  }

  @Test func ordinaryNamesAreTaken() throws {
    for name in ["demo", "must-grpo", "a b", "größer", "x+y=z_1.5", String(repeating: "x", count: 200)] {
      #expect(try ExperimentFile(YAMLFile(text: Self.encoder(name: name), path: "x.yaml")).name == name)
    }
  }

  @Test func gridsAreMultipliedBeforeTheyAreMade() throws {
    let lists = (0..<8).map { "  training.x\($0): [1,2,3,4,5,6,7,8,9,10]" }.joined(separator: "\n")
    func grid(_ lists: String, seeds: String) throws -> AblationFile {
      try AblationFile(
        YAMLFile(text: "name: bomb\nexperiment: {name: x}\nseeds: \(seeds)\ngrid:\n\(lists)\n", path: "bomb.yaml"))
    }
    let start = ContinuousClock.now
    #expect { try grid(lists, seeds: "5") } throws: {
      "\($0)".contains("10 × 10 × 10 × 10 × 10 × 10 × 10 × 10 arms of 5 seeds, 500000000 runs; at most 10000")
    }
    let many = (0..<60).map { "  training.x\($0): [1,2,3,4,5,6,7,8,9,10]" }.joined(separator: "\n")
    #expect { try grid(many, seeds: "5") } throws: { "\($0)".contains("more than 10¹⁸ runs") }
    #expect { try grid("  seed: [1, 2]", seeds: "10000") } throws: { "\($0)".contains("20000 runs") }
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect { try grid("  seed: [1, 2]\n  arms: [1]\narms: [{name: a}]", seeds: "1") } throws: {
      "\($0)".contains("bomb.yaml has")
    }
  }

  @Test func theWrongTaskIsNamedWithTheOneThatWasMeant() {
    #expect {
      try ExperimentFile(
        YAMLFile(text: "name: x\nstage: questions\nstart: {encoder: e}\nquestions: {tasks: [tsg, mrt]}\n", path: "x.yaml"))
    } throws: { "\($0)".contains("must be a list of tsg, ltr, tad, gto, mtr, not 'mrt'; did you mean 'mtr'?") }
  }

  @Test func anUnknownRewardIsOneIssue() {
    let text = """
      name: x
      start: {encoder: e.safetensors, policy: p.safetensors}
      rewards: [{reward: onset-eror, scale: 15, tasks: [tsg], weight: 1}]
      algorithm: {algorithm: gropo, clip: 3}
      """
    let error = #expect(throws: ExperimentError.self) { try ExperimentFile(YAMLFile(text: text, path: "x.yaml")) }
    #expect(error?.issues.count == 2)
    #expect(error.map { "\($0)".contains("no reward is named 'onset-eror'; did you mean 'onset-error'?") } == true)
    #expect(error.map { "\($0)".contains("no algorithm is named 'gropo'; did you mean 'grpo'?") } == true)
  }

  private static func encoder(name: String) -> String { "name: \(name)\nsummary: \(name)\nstage: encoder\n" }
}
