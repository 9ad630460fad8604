import Annotations
import Options
import Questions
import Randomness
import RewardAudit
import Rewards
import TemporalRewards
import Timelines

/// Made-up annotations: choruses whose number, length and place differ from track to track.
enum ExampleTracks {
  static func tracks(_ count: Int = 60) -> [AnnotatedTrack] {
    (0..<count).map { index in
      var stream = RandomStream(seed: 7).derived(index)
      var segments: [AnnotatedTrack.Segment] = []
      var time = 0.0
      func append(_ label: String, _ shortest: Double, _ longest: Double) {
        // Whole milliseconds, which are written and read back as they are.
        let end = (1000 * (time + stream.uniform(in: shortest...longest))).rounded() / 1000
        segments.append(AnnotatedTrack.Segment(Interval(time, end), label: label))
        time = end
      }
      append("intro", 5, 120)
      for round in 0..<stream.integer(in: 1...3) {
        append(round % 2 == 0 ? "chorus" : "chorus_b", 15, 45)
        append(round % 2 == 0 ? "verse" : "bridge", 10, 90)
      }
      append("outro", 5, 120)
      return AnnotatedTrack(trackID: "t\(index)", duration: time, segments: segments)
    }
  }

  static func questions(of kind: AnswerKind? = nil, count: Int = 60) -> [Question] {
    tracks(count).flatMap { $0.questions(about: "chorus") }.filter { kind == nil || $0.kind == kind }
  }

  /// Items that come in any order, so that nothing can be guessed.
  static func orders(count: Int = 80) -> [Question] {
    (0..<count).map { index in
      var stream = RandomStream(seed: 11).derived(index)
      let items = ["bass", "drums", "guitar", "piano"]
      return Question(
        id: "q\(index)", trackID: "t\(index)", task: "gto", text: "Order them.", kind: .order, items: items,
        references: [.order(items.indices.shuffled(using: &stream))], duration: 200)
    }
  }
}

/// Compositions as files state them.
enum ExampleSpec {
  static func component(_ name: String, _ options: [(String, OptionValue.Content)] = []) -> OptionValue {
    OptionValue(
      .map(
        [OptionEntry(key: "reward", value: OptionValue(.text(name)))]
          + options.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
  }

  static let penalties = [
    component("out-of-track", [("weight", .number(-0.5))]), component("unreadable", [("weight", .number(-1))]),
  ]

  /// Anything goes: what is wrong with it is for the audit to find.
  static func spec(_ components: [OptionValue], catalog: RewardCatalog = .builtIn) -> RewardSpec {
    let entries = [("rewards", OptionValue(.list(components))), ("allow-unsafe", OptionValue(.flag(true)))]
    var reader = OptionReader(OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: $0.1) })))
    return RewardSpec(options: &reader, catalog: catalog)
  }

  /// As in experiments/rewards.
  static let intervals = spec(
    [
      component("interval-iou", [("label", .text("overlap")), ("weight", .number(0.2))]),
      component("interval-iou", [("label", .text("beyond")), ("baseline", OptionValue.emptyMap.content)]),
    ] + penalties)

  static let instants = spec(
    [component("onset-error", [("baseline", .map([OptionEntry(key: "below", value: OptionValue(.number(0.3)))]))])] + penalties)
}
