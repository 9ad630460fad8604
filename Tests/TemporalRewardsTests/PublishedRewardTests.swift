import Foundation
import GoldenLines
import Options
import Questions
import Rewards
import Testing
import Timelines

/// The published rewards' own figures on honest answers, from running their code, and what is refused of their faults.
///
/// Track of 60 s; one reference 20–30 s, or two at 10–15 s and 40–45 s.
@Suite("Published rewards") struct PublishedRewardTests {
  struct Parity: Sendable, CustomTestStringConvertible {
    var column: String
    var reward: String
    var options: [String: OptionValue.Content] = [:]
    /// Rows of the table that this column gets wrong, or that our definition leaves out.
    var faults: Set<String> = []
    var testDescription: String { column }
  }

  static let one: Answer = intervals((20, 30))
  static let two: Answer = intervals((10, 15), (40, 45))

  static let rows: [(name: String, answer: Answer, truth: Answer)] = [
    ("exact", intervals((20, 30)), one), ("shift +2 s", intervals((22, 32)), one),
    ("shift +10 s (disjoint, touching)", intervals((30, 40)), one), ("far (50-60)", intervals((50, 60)), one),
    ("whole clip 0-60", intervals((0, 60)), one), ("0-1e6 (beyond duration)", intervals((0, 1e6)), one),
    ("zero length 25-25", intervals((25, 25)), one), ("empty", intervals(), one),
    ("exact repeated x5", .intervals(Array(repeating: Interval(20, 30), count: 5)), one),
    ("60 one-second tiles", .intervals((0..<60).map { Interval(Double($0), Double($0) + 1) }), one),
    ("2 GT exact", two, two), ("2 GT swapped order", intervals((40, 45), (10, 15)), two),
    ("2 GT: hull 10-45", intervals((10, 45)), two), ("2 GT: only first", intervals((10, 15)), two),
  ]

  static let twoRows: Set<String> = ["2 GT exact", "2 GT swapped order", "2 GT: hull 10-45", "2 GT: only first"]

  static let parities = [
    // Sees the first reference only, and cannot read many intervals; does not print 1e6 so that it can read it.
    Parity(
      column: "time-r1(xiaomi).v2", reward: "weighted-iou", faults: twoRows.union(["60 one-second tiles"])),
    Parity(column: "VideoChatR1.glue", reward: "interval-iou", faults: ["0-1e6 (beyond duration)"]),
    Parity(column: "MUSEG.global", reward: "interval-f1", options: ["smoothing": .number(1e-6)]),
    // Pairs in the order written.
    Parity(column: "MUSEG.local", reward: "local-giou", faults: ["2 GT swapped order"]),
    Parity(column: "TimeLens2.tiou", reward: "interval-iou"), Parity(column: "TimeLens2.ngiou", reward: "local-giou"),
    Parity(column: "TimeLens2.twass1", reward: "wasserstein"),
    Parity(column: "TimeLens2.twass3", reward: "wasserstein", options: ["beta": .number(3)]),
    Parity(column: "TimeLens2.pwiou", reward: "interval-iou", options: ["precision-weight": .number(0.4)]),
  ]

  /// What each published reward pays for each row.
  struct Probe: Decodable {
    var table: [String: [String: Cell]]

    /// A figure, or the words with which the code refused.
    struct Cell: Decodable {
      var figure: Double?

      init(from decoder: any Decoder) throws {
        figure = try? decoder.singleValueContainer().decode(Double.self)
      }
    }
  }

  /// The project's own table, and the one of the folder that `TAKT_GOLDENS` names where it is there.
  static func table() throws -> [[String: [String: Probe.Cell]]] {
    try GoldenFolder.all().compactMap { folder in
      guard let data = FileManager.default.contents(atPath: "\(folder.path)/published_reward_probe.json") else { return nil }
      return try JSONDecoder().decode(Probe.self, from: data).table
    }
  }

  @Test("agree on honest answers", arguments: parities)
  func parity(parity: Parity) throws {
    let reward = try reward(parity.reward, parity.options)
    for table in try Self.table() {
      for row in Self.rows where !parity.faults.contains(row.name) {
        let expected = try #require(table[row.name]?[parity.column]?.figure)
        let score = reward.score(row.answer, question(row.truth, duration: 60))
        #expect(near(score, expected, 6e-7), "\(row.name)")
      }
    }
  }

  @Test("are not followed in what they get wrong")
  func faults() throws {
    let overlapping = question(intervals((0, 10), (5, 15)), duration: 60)
    let global = try reward("interval-f1", ["smoothing": .number(1e-6)])
    #expect(near(global.score(intervals((0, 15)), overlapping), 1, 1e-6), "an F1 of 1.14")
    #expect(near(try reward("interval-iou").score(intervals((0, 10)), overlapping), 2.0 / 3), "1 for two thirds")
    let swapped = question(Self.two, duration: 60)
    #expect(try reward("local-giou").score(intervals((40, 45), (10, 15)), swapped) == 1, "1/7 for the order written")
    #expect(try reward("weighted-iou").score(Self.two, swapped) == nil, "1 for the first of two")
    #expect(try reward("weighted-iou").score(intervals((0, 99_999)), question(Self.one, duration: 60)) == 0, "a negative score")
    let many = Answer.intervals([Interval(0, 60), Interval(0, 60), Interval(0, 60)])
    #expect(near(try reward("interval-iou").score(many, question(Self.one, duration: 60)), 1.0 / 6), "k copies pay k")
    for name in ["interval-iou", "interval-f1", "local-giou", "wasserstein", "soft-f1"] {
      #expect(try reward(name).unreadableScore(question(Self.one)) == 0, "a reversed interval, read as one")
    }
  }
}
