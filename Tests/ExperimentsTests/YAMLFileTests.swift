import Experiments
import Options
import Testing

@testable import OptionFiles

struct YAMLFileTests {
  @Test func scalarsKeepTheirKindAndLine() throws {
    let file = try YAMLFile(text: "name: demo\nseed: 3\nflag: true\nword: \"3\"\nnothing:\nlist: [1, two]\n", path: "x.yaml")
    guard case .map(let entries) = file.root.content else {
      Issue.record("a map")
      return
    }
    #expect(entries.map(\.value.content).prefix(5) == [.text("demo"), .number(3), .flag(true), .text("3"), .null])
    #expect(entries.map(\.value.line) == [1, 2, 3, 4, 5, 6])
  }

  @Test func whatIsWrittenIsReadBackTheSame() throws {
    let text = """
      name: demo
      quoted: "a: b # c"
      empty: {}
      rewards:
        - reward: onset-error
          scale: 0.5
          tasks:
            - tsg
        - reward: unreadable
      numbers:
        - 1
        - 2.25
      nothing: null

      """
    let root = try YAMLFile(text: text, path: "x.yaml").root
    #expect(root.yaml() == text)
    #expect(try YAMLFile(text: root.yaml(), path: "y.yaml").root.yaml() == text)
  }

  @Test func overridesReachIntoMapsAndLists() throws {
    let file = try YAMLFile(text: "training: {steps: 3}\nrewards: [{scale: 1}, {scale: 2}]\n", path: "x.yaml")
    let changed = try file.overridden(by: ["training.steps=9", "rewards.1.scale=5", "seed=4"])
    #expect(changed.root.yaml() == "training:\n  steps: 9\nrewards:\n  - scale: 1\n  - scale: 5\nseed: 4\n")
  }

  @Test func brokenYAMLNamesTheFile() {
    #expect { try YAMLFile(text: "a: [1", path: "broken.yaml") } throws: { "\($0)".contains("broken.yaml") }
    #expect { try YAMLFile(text: "", path: "empty.yaml") } throws: { "\($0)".contains("empty.yaml: is empty") }
    #expect { try YAMLFile(path: "none.yaml") } throws: { "\($0)".contains("none.yaml: there is no such file") }
  }
}
