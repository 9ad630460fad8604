import Options
import Testing

struct SuggestionTests {
  @Test(arguments: [
    ("onset-eror", "onset-error"), ("mrt", "mtr"), ("grppo", "grpo"), ("stepps", "steps"), ("Steps", "steps"), ("xyz", nil),
    ("w", nil), ("", nil),
  ])
  func theNearestNameIsFound(_ written: String, _ meant: String?) {
    #expect(Suggestion.nearest(to: written, among: ["onset-error", "mtr", "grpo", "ppo", "steps", "weight"]) == meant)
  }

  @Test func anUnknownPartIsOneIssueAndNotOneAnOption() {
    var options = OptionReader(
      OptionValue(
        .map([
          OptionEntry(key: "reward", value: OptionValue(.text("onset-eror"))),
          OptionEntry(key: "scale", value: OptionValue(.number(15))),
        ])))
    let name = options.text("reward")
    options.recordUnknown("reward", name: name, known: ["onset-error", "iou"], at: "reward")
    #expect(
      options.closed().map(\.description)
        == ["reward: no reward is named 'onset-eror'; did you mean 'onset-error'? known: onset-error, iou"])
  }

  @Test func theWrongMemberOfAListIsNamed() {
    let list = OptionValue(.list([OptionValue(.text("tsg")), OptionValue(.text("mrt"))]))
    var options = OptionReader(OptionValue(.map([OptionEntry(key: "tasks", value: list)])))
    _ = options.words("tasks", default: [], of: ["tsg", "ltr", "mtr"])
    #expect(options.closed().map(\.description) == ["tasks: must be a list of tsg, ltr, mtr, not 'mrt'; did you mean 'mtr'?"])
  }

  @Test func aNumberThatIsATextIsKeptAsItIsWritten() {
    func read(_ value: OptionValue) -> (String, [String]) {
      var options = OptionReader(OptionValue(.map([OptionEntry(key: "name", value: value)])))
      let name = options.text("name")
      return (name, options.closed().map(\.description))
    }
    #expect(read(OptionValue(.number(3.1), source: "3.10")) == ("3.10", []))
    #expect(read(OptionValue(.number(83), source: "0123")) == ("0123", []))
    let flag = read(OptionValue(.flag(false), source: "no"))
    #expect(flag.1 == ["name: must be text, not false; put it in quotes where it is meant as text"])
    // How it was written makes no other value of it.
    #expect(OptionValue(.number(3.1), source: "3.10") == OptionValue(.number(3.1), source: "3.1"))
  }
}
