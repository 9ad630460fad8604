import RunLogs
import RunReports
import Testing

struct SummaryCurveEventsTests {
  @Test func theRewardIsSmoothedAndHasItsBand() throws {
    let events = (0..<40).map { step in
      RunEvent(
        kind: .step, step: step, totalSteps: 40, scalars: ["reward/mean": step.isMultiple(of: 2) ? 1 : 0, "reward/std": 0.25])
    }
    let curve = try #require(SummaryCurve.reward(of: events))
    let points = curve.series[0].points
    #expect(points.map(\.step) == Array(1...40))
    // Two steps on each side: means of 3 or 2 ones among 5.
    #expect(points[2].value == 0.6 && points[3].value == 0.4)
    #expect(points[0].value == 2.0 / 3)
    #expect(points[2].low == 0.6 - 0.25 && points[2].high == 0.6 + 0.25)
    #expect(SummaryCurve.reward(of: []) == nil)
  }

  @Test func everyHeldOutMetricHasAChart() {
    let events = [0, 20].map { step in
      RunEvent(
        kind: .evaluation, step: step, totalSteps: 20,
        scalars: [
          "evaluation/tsg/hit@3s/sampled": 0.25, "evaluation/tsg/hit@3s/greedy": 0.5, "evaluation/mtr/iou/greedy": Double(step),
          "time/evaluate": 3, "training/tsg/hit@3s/greedy": 0.75,
        ])
    }
    let curves = SummaryCurve.evaluations(of: events) { _, measure in ["hit@3s": "Hit@3s", "iou": "IoU"][measure] ?? measure }
    #expect(
      curves.map(\.title) == [
        "MTR IoU, validation tracks", "TSG Hit@3s, validation tracks", "TSG Hit@3s, training tracks",
      ])
    #expect(curves[1].series.map(\.name) == ["greedy", "sampled"])
    #expect(curves[0].series[0].points.map(\.value) == [0, 20])
    #expect(curves[0].series[0].points.map(\.step) == [0, 20])
    // What is measured on the tracks that are learnt from stands apart.
    #expect(curves[2].series.map { $0.points.map(\.value) } == [[0.75, 0.75]])
  }
}
