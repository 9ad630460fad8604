import GoldenLines
import Options
import Questions
import Rewards
import Testing
import Timelines

@Suite("interval-iou") struct IntervalIoUTests {
  @Test("equals the exact union overlap of every golden case", arguments: try GoldenLine.cases("temporal_iou_union"))
  func golden(line: GoldenLine) throws {
    let score = try reward("interval-iou").score(
      .intervals(line.input.predicted.intervals), question(.intervals(line.input.reference.intervals)))
    #expect(near(score, line.expected.iou.number ?? 1), "0/0 counts as 1 here")
  }

  @Test("takes several references as parts of one answer, or as alternatives")
  func references() throws {
    let both = question(intervals((10, 20)), intervals((40, 50)))
    #expect(try reward("interval-iou").score(intervals((10, 20)), both) == 0.5)
    #expect(try reward("interval-iou", ["references": .text("best-of")]).score(intervals((10, 20)), both) == 1)
  }

  @Test("pays an empty answer where nothing is to be found, and only there")
  func empty() throws {
    let reward = try reward("interval-iou")
    #expect(reward.score(intervals(), question(intervals())) == 1)
    #expect(reward.score(intervals((0, 1)), question(intervals())) == 0)
    #expect(reward.score(intervals(), question(intervals((0, 1)))) == 0)
    #expect(reward.unreadableScore(question(intervals())) == 0)
  }
}
