import Questions
import RunReports
import Timelines

/// A question on a track of 100 s, so that a second is a hundredth of the drawing.
func example(before: [SummaryAnswer], after: [SummaryAnswer], references: [Answer] = [.instant(50)]) -> SummaryExample {
  let timeline = Timeline(
    trackID: "track-1", duration: 100, lanes: [.init(label: "piano", intervals: [Interval(10, 60)])],
    sections: [.init(interval: Interval(0, 100), label: "chorus", intensity: 0.5)])
  return SummaryExample(
    question: Question(
      id: "q", trackID: "track-1", task: "tsg", text: "When?", kind: references[0].kind, references: references, duration: 100),
    timeline: timeline, before: before, after: after)
}

func answer(_ answer: Answer, score: Double? = nil, isGreedy: Bool = false) -> SummaryAnswer {
  SummaryAnswer(
    text: "said", reading: Reading(outcome: .answered, answer: answer, isStrict: true), score: score, isGreedy: isGreedy)
}

let gain = SummaryComparison(
  metric: "TSG Hit@3s", decoding: "sampled", before: SummaryEstimate(0.3125, low: 0.28, high: 0.34),
  after: SummaryEstimate(0.5, low: 0.47, high: 0.53), gain: SummaryEstimate(0.1875, low: 0.15, high: 0.22))

let loss = SummaryComparison(
  metric: "MTR IoU", decoding: "greedy", before: SummaryEstimate(0.6, low: 0.57, high: 0.63),
  control: SummaryEstimate(0.61, low: 0.58, high: 0.64), after: SummaryEstimate(0.59, low: 0.56, high: 0.62),
  gain: SummaryEstimate(-0.01, low: -0.03, high: 0.01), gainOverControl: SummaryEstimate(-0.02, low: -0.03, high: -0.01))
