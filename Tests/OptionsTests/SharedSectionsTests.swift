import Options
import Testing

/// Several parts read from one map, each what is its own.
struct SharedSectionsTests {
  private static func map(_ entries: [(String, OptionValue)]) -> OptionValue {
    OptionValue(.map(entries.map { OptionEntry(key: $0, value: $1) }))
  }

  private static func number(_ number: Double, line: Int) -> OptionValue { OptionValue(.number(number), line: line) }

  /// `training: {steps: 7, completions: 4, stepps: 3}` and `export: 1`.
  private static let file = map([
    ("training", map([("steps", number(7, line: 2)), ("completions", number(4, line: 3)), ("stepps", number(3, line: 4))])),
    ("export", number(1, line: 5)),
  ])

  private static func steps(_ options: inout OptionReader) -> Int {
    options.section("training") { $0.integer("steps", default: 300, in: 1...1000) }
  }

  private static func completions(_ options: inout OptionReader) -> Int {
    options.section("training") { $0.integer("completions", default: 8, in: 1...10) }
  }

  @Test func twoPartsReadFromOneSectionAndTheRestIsRefusedOnce() {
    var options = OptionReader(Self.file)
    #expect(Self.steps(&options) == 7 && Self.completions(&options) == 4)
    #expect(options.descriptions.map(\.key) == ["training.steps", "training.completions"])
    let resolved = Self.map([
      ("training", Self.map([("steps", OptionValue(.number(7))), ("completions", OptionValue(.number(4)))]))
    ])
    #expect(options.resolvedValue == resolved)
    #expect(options.issues.isEmpty)
    #expect(options.closed().map(\.path) == ["export", "training.stepps"])
  }

  @Test func anIssueOfASectionCountsAtOnceAndOnce() {
    var options = OptionReader(Self.map([("training", Self.map([("steps", Self.number(0, line: 2))]))]))
    _ = Self.steps(&options)
    _ = Self.completions(&options)
    #expect(options.issues.map(\.path) == ["training.steps"] && options.closed().count == 1)
  }

  @Test func whatOthersWouldReadIsFoundAndRefusedWhereItStands() {
    var options = OptionReader(Self.file)
    _ = Self.steps(&options)
    let keys = options.unreadKeys { other in
      _ = Self.completions(&other)
      _ = other.text("export", default: "")
    }
    #expect(keys == [["export"], ["training", "completions"]])
    options.drop(["training", "completions"], because: "is another's")
    options.drop(["export"])
    #expect(
      options.closed().map(\.description) == [
        "line 3: training.completions: is another's",
        "line 4: training.stepps: is not an option here; did you mean 'steps'? known: steps",
      ])
  }

  @Test func aWholeSectionOfAnotherIsOneKey() {
    var options = OptionReader(Self.map([("encoder", Self.map([("width", Self.number(64, line: 2))]))]))
    let keys = options.unreadKeys { $0.section("encoder") { _ = $0.integer("width", default: 1, in: 1...100) } }
    #expect(keys == [["encoder"]])
    options.section("encoder") { $0.letBe() }
    #expect(options.closed().isEmpty)
  }
}
