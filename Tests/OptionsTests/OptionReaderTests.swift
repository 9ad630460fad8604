import Options
import Testing

struct OptionReaderTests {
  private func reader(_ entries: [(String, OptionValue.Content)]) -> OptionReader {
    OptionReader(
      OptionValue(.map(entries.enumerated().map { OptionEntry(key: $1.0, value: OptionValue($1.1, line: $0 + 1)) })),
      path: "part")
  }

  @Test func readsWhatIsThereAndRemembersDefaults() throws {
    var options = reader([("scale", .number(3))])
    #expect(options.number("scale", default: 15, in: 0.001...600, unit: "s") == 3)
    #expect(options.integer("count", default: 8, in: 1...64) == 8)
    try options.finish()
    #expect(options.resolved.map(\.key) == ["scale", "count"])
    #expect(options.resolved.map(\.value.content) == [.number(3), .number(8)])
  }

  @Test func allIssuesAreReportedTogetherWithPathAndLine() {
    var options = reader([("scale", .number(-1)), ("scael", .number(2)), ("form", .text("cubic"))])
    #expect(options.number("scale", default: 15, in: 0.001...600, unit: "s") == 15)
    #expect(options.choice("form", default: "laplace", of: ["laplace", "hit"]) == "laplace")
    let issues = options.closed()
    #expect(
      issues.map(\.description) == [
        "line 1: part.scale: must be a number in 0.001…600 s, not -1",
        "line 3: part.form: must be one of laplace, hit, not 'cubic'",
        "line 2: part.scael: is not an option here; did you mean 'scale'? known: form, scale",
      ])
    #expect(throws: OptionError(issues)) { try options.finish() }
  }

  @Test func aKeyWrittenTwiceIsAnIssue() {
    var options = reader([("scale", .number(1)), ("scale", .number(2))])
    _ = options.number("scale", default: 15, in: 0...600)
    #expect(options.closed().contains { $0.message == "is written twice" && $0.line == 2 })
  }

  @Test func sectionsNestTheirPathsAndIssues() {
    let item = OptionValue(.map([OptionEntry(key: "weight", value: OptionValue(.text("heavy"), line: 7))]), line: 6)
    var options = reader([("rewards", .list([item]))])
    let weights = options.sections("rewards") { $0.number("weight", default: 1, in: -10...10) }
    #expect(weights == [1])
    #expect(options.closed().map(\.path) == ["part.rewards[0].weight"])
    #expect(options.closed().map(\.line) == [7])
  }

  @Test func fractionsAreNoWholeNumbers() {
    var options = reader([("steps", .number(2.5))])
    #expect(options.integer("steps", default: 3, in: 1...9) == 3)
    #expect(options.closed().map(\.message) == ["must be a whole number in 1…9, not 2.5"])
  }

  @Test func missingTextThatMustBeGivenIsAnIssue() {
    var options = reader([])
    _ = options.text("name")
    #expect(options.closed().map(\.path) == ["part.name"])
  }

  @Test func wordsMayBeNumbersAndATextIsShownAsAList() {
    var options = reader([
      ("command", .list([OptionValue(.text("torchrun")), OptionValue(.number(2))])), ("other", .text("python3 x.py")),
    ])
    #expect(options.words("command", default: []) == ["torchrun", "2"])
    #expect(options.words("other", default: []) == [])
    #expect(
      options.closed().map(\.description) == [
        "line 2: part.other: must be a list of words, not the text 'python3 x.py': write [python3, x.py]"
      ])
  }

  @Test func optionsOfAPartThatIsNotUsedAreRefusedByName() {
    var options = reader([("scale", .number(3)), ("scael", .number(2))])
    options.refuse({ _ = $0.number("scale", default: 15, in: 0...600) }, because: "has no effect here")
    #expect(
      options.closed().map(\.description) == [
        "line 1: part.scale: has no effect here", "line 2: part.scael: is not an option here; there are none",
      ])
    #expect(options.resolved.isEmpty)
  }

  @Test func whatIsNoMapIsAnIssueOfItsOwn() {
    let options = OptionReader(OptionValue(.number(3), line: 4), path: "training")
    #expect(options.closed().map(\.description) == ["line 4: training: must be a map of options, not 3"])
  }
}
