import Options
import Questions
import Rewards
import TemporalRewards
import Testing
import Timelines

/// A composition that a program makes is the one that a file with the same words makes.
struct TypedCompositionTests {
  private static let texts = [
    "0:50", "<answer>0:47</answer>", "it is at 1:30", "0:10-0:20, 0:40-0:50", "0:12-0:19", "none", "maybe", "", "B", "2,1,3",
    "9:59:59",
  ]

  private static let questions: [Question] = {
    var choice = RewardSpecTests.question(.choice(1), task: "ltr")
    choice.choices = ["a", "b", "c"]
    var order = RewardSpecTests.question(.order([1, 0, 2]), task: "gto")
    order.items = ["X", "Y", "Z"]
    return [
      RewardSpecTests.question(.instant(50)), RewardSpecTests.question(.instant(99), task: "other"), choice, order,
      RewardSpecTests.question(.intervals([Interval(10, 20), Interval(60, 65)]), task: "mtr"),
    ]
  }()

  private static func judgements(_ spec: RewardSpec) -> [Judgement] {
    questions.flatMap { question in
      texts.map { spec.judge(Response(text: $0, tokenCount: $0.count), to: question).judgement }
    }
  }

  private static func expectEqual(_ typed: RewardSpec, _ entries: [OptionValue], _ name: String) {
    let (read, _) = RewardSpecTests.read(entries)
    #expect(typed.labels == read.labels && typed.weights == read.weights && typed.total == read.total, "\(name)")
    #expect(typed.components.map(\.tasks) == read.components.map(\.tasks), "\(name)")
    #expect(typed.components.map(\.gate) == read.components.map(\.gate), "\(name)")
    #expect(typed.components.map(\.isNormalized) == read.components.map(\.isNormalized), "\(name)")
    #expect(typed.components.map(\.baseline) == read.components.map(\.baseline), "\(name)")
    #expect(typed.components.map(\.credit) == read.components.map(\.credit), "\(name)")
    #expect(typed.components.map(\.range) == read.components.map(\.range), "\(name)")
    #expect(judgements(typed) == judgements(read), "\(name)")
    #expect(typed.weakness == read.weakness, "\(name)")
    var written = OptionReader(OptionValue(.map(typed.written)))
    let again = RewardSpec(options: &written, catalog: .builtIn)
    #expect(judgements(again) == judgements(typed) && again.written == typed.written, "\(name)")
    #expect(typed.unwritable.isEmpty && written.closed().map(\.description) == RewardSpecTests.read(entries).1, "\(name)")
  }

  @Test func everyOptionOfAComponentIsAMethod() {
    let text: (String) -> OptionValue.Content = { .text($0) }
    func list(_ numbers: [Double]) -> OptionValue.Content { .list(numbers.map { OptionValue(.number($0)) }) }
    func map(_ entries: [(String, OptionValue.Content)]) -> OptionValue.Content {
      .map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) })
    }
    let blind = BlindAnswers(habits: [.whole, .comb], seconds: [43], shares: [0.2], spans: [0.2, 0.5])
    let cases: [(RewardComponent, String, [(String, OptionValue.Content)])] = [
      (OnsetError().component, "onset-error", []),
      (
        OnsetError().on("tsg", "mtr"), "onset-error",
        [("tasks", .list([OptionValue(.text("tsg")), OptionValue(.text("mtr"))]))]
      ),
      (OnsetError().weighted(2.5), "onset-error", [("weight", .number(2.5))]),
      (OnsetError().labelled("near"), "onset-error", [("label", text("near"))]),
      (OnsetError().gated(.inTrack), "onset-error", [("gate", text("in-track"))]),
      (OnsetError().gated(.readable), "onset-error", [("gate", text("readable"))]),
      (OnsetError().gated(.strict), "onset-error", [("gate", text("strict"))]),
      (OnsetError().credit(.span), "onset-error", [("credit", text("span"))]),
      (IntervalF1().credit(.span).weighted(2), "interval-f1", [("credit", text("span")), ("weight", .number(2))]),
      (Ordering(measure: .kendall).normalized(), "ordering", [("measure", text("kendall")), ("normalize", .flag(true))]),
      (ChoiceMatch().baseline(), "choice", [("baseline", map([]))]),
      (
        IntervalIoU().baseline(RewardBaseline(blind, most: 0.5, below: 0.3)), "interval-iou",
        [
          (
            "baseline",
            map([
              ("answers", .list([OptionValue(.text("whole")), OptionValue(.text("comb"))])), ("seconds", list([43])),
              ("shares", list([0.2])), ("spans", list([0.2, 0.5])), ("most", .number(0.5)), ("below", .number(0.3)),
            ])
          )
        ]
      ),
    ]
    for (component, name, options) in cases {
      Self.expectEqual(
        RewardSpec {
          component; Unreadable().weighted(-1)
        }, [RewardSpecTests.entry(name, options), RewardSafetyTests.penalty],
        "\(name) \(options)")
    }
  }

  /// A curriculum changes an option of a reward that no file names.
  @Test func anOptionOfATypedRewardCanBeSet() {
    var typed = RewardSpec {
      OnsetError(form: .linear, scale: 30).labelled("near"); Unreadable().weighted(-1)
    }
    let fault = typed.set("scale", of: "near", to: 10)
    #expect(fault == nil)
    let judged = typed.judge(Response(text: "0:45"), to: RewardSpecTests.question(.instant(50))).judgement
    #expect(judged.total == 0.5)
    let outside = typed.set("scale", of: "near", to: 1e9)
    #expect(outside?.contains("near.scale: must be a number in 0.001…3600 s") == true)
    let form = typed.set("form", of: "near", to: 1)
    #expect(form?.contains("has no option 'form' that is a number") == true)
  }

  @Test func aStateIsThatOfTheFilesReward() {
    var typed = RewardSpec {
      AdaptiveOnsetError(widest: 20, fixed: 5); ScheduledOnsetError(last: 1); Unreadable().weighted(-1)
    }
    var (read, _) = RewardSpecTests.read([
      RewardSpecTests.entry("adaptive-onset-error", [("widest", .number(20)), ("fixed", .number(5))]),
      RewardSpecTests.entry("scheduled-onset-error", [("last", .number(1))]), RewardSafetyTests.penalty,
    ])
    for step in 0..<5 {
      typed.begin(step: step, of: 10)
      read.begin(step: step, of: 10)
      for time in [3.0, 48, 53] {
        typed.observe(RewardSpecTests.answered(.instant(time)), to: RewardSpecTests.question(.instant(50)))
        read.observe(RewardSpecTests.answered(.instant(time)), to: RewardSpecTests.question(.instant(50)))
      }
      #expect(typed.state == read.state && !typed.state.isEmpty)
    }
  }
}
