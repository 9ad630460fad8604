import Questions
import Randomness
import Rewards
import Timelines

/// Answers to try on a reward.
enum ProbeAnswers {
  /// Legal, illegal and absurd answers, most of them of the wrong kind for any one question.
  static func all(for question: Question, seed: UInt64) -> [Probe] {
    let faults = Fault.allCases.map { Probe("\($0.rawValue)", reading: .unreadable($0), text: "<answer></answer>") }
    return faults + odd + references(of: question) + random(for: question, seed: seed)
  }

  private static let odd: [Probe] = [
    Probe("none", reading: Reading(outcome: .empty, answer: nil, isStrict: true), text: "none"),
    Probe("nan", .instant(.nan)), Probe("inf", .instant(.infinity)), Probe("-inf", .instant(-.infinity)),
    Probe("1e308", .instant(1e308)), Probe("before the track", .instant(-1)), Probe("after the track", .instant(1e5)),
    Probe("no intervals", .intervals([])), Probe("an empty interval", .intervals([Interval(25, 25)])),
    Probe("everything", .intervals([Interval(-1e308, 1e308)])),
    Probe("two everythings", .intervals([Interval(-1e308, 1e308), Interval(-1e308, 1e308)])),
    Probe("a million seconds", .intervals([Interval(0, 1e6)])),
    Probe("the least interval", .intervals([Interval(60, Double(60).nextUp)])),
    Probe("ten thousand intervals", .intervals((0..<10_000).map { Interval(Double($0) / 50, Double($0) / 50 + 0.01) })),
    Probe("one interval ten thousand times", .intervals(Array(repeating: Interval(60, 70), count: 10_000))),
    Probe("choice -1", .choice(-1)), Probe("choice 1e9", .choice(1_000_000_000)), Probe("no order", .order([])),
    Probe("a broken order", .order([5, 5, -3, Int.max])), Probe("empty text", .text("")),
    Probe("a megabyte of text", reading: answered(.text(megabyte)), text: megabyte, tokenCount: 1_000_000),
    Probe("a megabyte around a time", reading: answered(.instant(3)), text: megabyte, tokenCount: .max),
  ]

  private static let megabyte = String(repeating: "the [1e400] 0:10–", count: 60_000)

  private static func answered(_ answer: Answer) -> Reading { Reading(outcome: .answered, answer: answer, isStrict: false) }

  private static func references(of question: Question) -> [Probe] {
    question.references.enumerated().map { Probe("reference \($0.offset)", $0.element) }
  }

  /// Each reference, and all intervals of all references together.
  static func exact(for question: Question) -> [Answer] {
    let parts = question.references.flatMap { reference -> [Interval] in
      if case .intervals(let intervals) = reference { intervals } else { [] }
    }
    return question.references + (question.kind == .intervals ? [.intervals(parts)] : [])
  }

  private static func random(for question: Question, seed: UInt64) -> [Probe] {
    var stream = RandomStream(seed: seed)
    return (0..<20).map { index in
      let intervals = randomIntervals(count: index % 6, duration: question.duration, stream: &stream)
      return Probe("random intervals \(index)", .intervals(intervals))
    }
  }

  static func randomIntervals(count: Int, duration: Double, stream: inout RandomStream) -> [Interval] {
    (0..<count).map { _ in
      let start = Double.random(in: 0...duration, using: &stream)
      return Interval(start, start + Double.random(in: 0...30, using: &stream))
    }
  }

  /// Lists of answers, each nearer the one reference than the last.
  static func pathsToTruth(for question: Question, seed: UInt64) -> [[Answer]] {
    var stream = RandomStream(seed: seed)
    switch question.references[0] {
    case .instant(let truth):
      return [-40.0, 150, 1].map { start in stride(from: 0, through: 1, by: 0.05).map { .instant(start + $0 * (truth - start)) }
      }
    case .intervals(let truth) where truth.count == 1:
      return (0..<20).flatMap { _ in paths(to: truth[0], duration: question.duration, stream: &stream) }
    default: return []
    }
  }

  /// One end moves towards its truth while the other stays.
  private static func paths(to truth: Interval, duration: Double, stream: inout RandomStream) -> [[Answer]] {
    guard let from = randomIntervals(count: 1, duration: duration, stream: &stream).first else { return [] }
    let shares = stride(from: 0, through: 1, by: 0.05)
    let starts = shares.compactMap { Interval(start: from.start + $0 * (truth.start - from.start), end: from.end) }
    let ends = shares.compactMap { Interval(start: from.start, end: from.end + $0 * (truth.end - from.end)) }
    return [starts, ends].map { $0.map { .intervals([$0]) } }
  }

  /// Pairs of answers that a promise calls the same.
  static func equivalents(for question: Question, seed: UInt64) -> [(RewardPromise, [(Answer, Answer)])] {
    guard question.kind == .intervals else { return [] }
    var stream = RandomStream(seed: seed)
    var lists = (1...12).map { randomIntervals(count: $0 % 4 + 1, duration: question.duration, stream: &stream) }
    for case .intervals(let reference) in question.references where !reference.isEmpty { lists.append(reference) }
    return [
      (.duplication, lists.map { (.intervals($0), .intervals($0 + $0 + $0.prefix(1))) }),
      (.permutation, lists.map { (.intervals($0), .intervals($0.reversed())) }),
      (
        .splitting,
        lists.map { list in
          let halves = list.flatMap { [Interval($0.start, $0.center), Interval($0.center, $0.end)] }
          return (.intervals(list), .intervals(halves))
        }
      ),
    ]
  }
}
