import Options
import Questions
import Rewards
import TemporalRewards
import Testing

@Suite("RewardSpec") struct RewardSpecTests {
  static let response = Response(text: "", tokenCount: 1, isTruncated: false)

  static func entry(_ reward: String, _ more: [(String, OptionValue.Content)] = []) -> OptionValue {
    OptionValue(
      .map(([("reward", .text(reward))] + more).map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
  }

  static func read(_ entries: [OptionValue]) -> (RewardSpec, [String]) {
    var reader = OptionReader(OptionValue(.map([OptionEntry(key: "rewards", value: OptionValue(.list(entries)))])))
    let spec = RewardSpec(options: &reader, catalog: .builtIn)
    return (spec, reader.closed().map(\.description))
  }

  static func question(_ reference: Answer, task: String = "tsg") -> Question {
    Question(
      id: "q", trackID: "t", task: task, text: "When?", kind: reference.kind, references: [reference], duration: 100)
  }

  static func answered(_ answer: Answer, strict: Bool = true) -> Reading {
    Reading(outcome: .answered, answer: answer, isStrict: strict)
  }

  @Test("weighs what applies, and reports what does not as nil")
  func weights() {
    let (spec, issues) = Self.read([
      Self.entry("onset-error", [("weight", .number(2))]), Self.entry("interval-iou"),
      Self.entry("unreadable", [("weight", .number(-1))]),
    ])
    #expect(issues == [])
    #expect(spec.labels == ["onset-error", "interval-iou", "unreadable"])
    #expect(spec.weights == [2, 1, -1])
    let judgement = spec.judge(Self.answered(.instant(50)), in: Self.response, to: Self.question(.instant(50)))
    #expect(judgement == Judgement(total: 2, components: [1, nil, 0]))
    let other = spec.judge(Self.answered(.choice(0)), in: Self.response, to: Self.question(.choice(0)))
    #expect(other == Judgement(total: nil, components: [nil, nil, 0]), "penalties alone judge nothing")
  }

  @Test("keeps a component to its tasks, under its label")
  func tasks() {
    let (spec, issues) = Self.read([
      Self.entry("onset-error", [("tasks", .list([OptionValue(.text("tsg"))])), ("label", .text("early"))]),
      Self.entry("onset-error", [("scale", .number(3)), ("label", .text("late"))]),
      Self.entry("unreadable", [("weight", .number(-1))]),
    ])
    #expect(issues == [])
    #expect(spec.labels == ["early", "late", "unreadable"])
    let other = spec.judge(Self.answered(.instant(50)), in: Self.response, to: Self.question(.instant(50), task: "x"))
    #expect(other == Judgement(total: 1, components: [nil, 1, 0]))
  }

  @Test("closes a gate with 0")
  func gates() {
    let (spec, issues) = Self.read([
      Self.entry("onset-error", [("gate", .text("in-track"))]), Self.entry("unreadable", [("weight", .number(-1))]),
    ])
    #expect(issues == [])
    let scores = [99.0, 101].map {
      spec.judge(Self.answered(.instant($0)), in: Self.response, to: Self.question(.instant(100))).components[0]
    }
    #expect(scores[0].map { $0 > 0.9 } == true)
    #expect(scores[1] == 0)
  }

  @Test("refuses an unknown reward, two components of one label, and an empty list")
  func errors() {
    #expect(Self.read([Self.entry("onset-eror")]).1.contains { $0.contains("rewards[0].reward") && $0.contains("known:") })
    #expect(Self.read([Self.entry("choice"), Self.entry("choice")]).1.contains { $0.contains("names two rewards") })
    #expect(Self.read([]).1.contains { $0.contains("name at least one reward") })
  }

  @Test("divides by the positive weights that apply where the mean is asked for")
  func mean() {
    let rewards = OptionValue(
      .list([
        Self.entry("onset-error", [("weight", .number(3))]), Self.entry("interval-iou"),
        Self.entry("strict-format", [("weight", .number(0.2))]), Self.entry("unreadable", [("weight", .number(-1))]),
      ]))
    var reader = OptionReader(
      OptionValue(
        .map([
          OptionEntry(key: "rewards", value: rewards), OptionEntry(key: "reward-total", value: OptionValue(.text("mean"))),
        ])))
    let spec = RewardSpec(options: &reader, catalog: .builtIn)
    #expect(reader.closed().isEmpty)
    let lenient = Self.answered(.instant(50), strict: false)
    #expect(spec.judge(lenient, in: Self.response, to: Self.question(.instant(50))).total == 3 / 3.2)
  }

  @Test("maps a range to 0…1 where that is asked for")
  func normalized() {
    let (spec, issues) = Self.read([
      Self.entry("ordering", [("measure", .text("kendall")), ("normalize", .flag(true))]),
      Self.entry("unreadable", [("weight", .number(-1))]),
    ])
    #expect(issues == [])
    let scores = [[0, 1, 2], [2, 1, 0]].map {
      spec.judge(Self.answered(.order($0)), in: Self.response, to: Self.question(.order([0, 1, 2]))).components[0]
    }
    #expect(scores == [1, 0])
    #expect(spec.components[0].range == 0...1)
  }

  @Test("carries the state of its adaptive rewards, by label")
  func state() {
    let entries = [
      Self.entry("adaptive-onset-error", [("label", .text("near"))]), Self.entry("scheduled-onset-error"),
      Self.entry("unreadable", [("weight", .number(-1))]),
    ]
    var (spec, issues) = Self.read(entries)
    #expect(issues == [])
    spec.begin(step: 5, of: 10)
    for _ in 0..<200 { spec.observe(Self.answered(.instant(51)), to: Self.question(.instant(50))) }
    let own = ["quantile", "width", "fixed", "fixed-answers"].map { "near/\($0)" }
    let scheduled = ["width", "fixed", "fixed-answers"].map { "scheduled-onset-error/\($0)" }
    #expect(Set(spec.state.keys) == Set(own + scheduled))
    var restored = Self.read(entries).0
    #expect(restored.state != spec.state)
    restored.state = spec.state
    #expect(restored.state == spec.state)
    let answer = Self.answered(.instant(47))
    #expect(
      restored.judge(answer, in: Self.response, to: Self.question(.instant(50)))
        == spec.judge(answer, in: Self.response, to: Self.question(.instant(50))))
  }
}
