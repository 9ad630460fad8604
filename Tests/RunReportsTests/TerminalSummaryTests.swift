import Questions
import RunReports
import Testing
import Timelines

struct TerminalSummaryTests {
  @Test func theTableIsAligned() {
    #expect(
      ComparisonTable([gain, loss]).text == """
        metric      answers  before                control               after                 gain                       gain over control
        TSG Hit@3s  sampled  0.312 [0.280, 0.340]                        0.500 [0.470, 0.530]  +0.188 [+0.150, +0.220] ▲
        MTR IoU     greedy   0.600 [0.570, 0.630]  0.610 [0.580, 0.640]  0.590 [0.560, 0.620]  −0.010 [−0.030, +0.010]    −0.020 [−0.030, −0.010] ▼

        """)
    #expect(ComparisonTable([]).text.isEmpty)
  }

  @Test func theBestConstantsStandAtTheEnd() {
    var beside = loss
    beside.control = nil
    beside.gainOverControl = nil
    beside.blind = SummaryEstimate(0.4, low: 0.35, high: 0.45)
    beside.gainOverBlind = SummaryEstimate(0.19, low: 0.12, high: 0.25)
    let lines = ComparisonTable([beside]).text.split(separator: "\n")
    #expect(lines[0].hasSuffix("gain                     best blind            gain over best blind"))
    #expect(lines[1].hasSuffix("−0.010 [−0.030, +0.010]  0.400 [0.350, 0.450]  +0.190 [+0.120, +0.250] ▲"))
    #expect(!lines[0].contains("control"))
  }

  @Test func answersLieInTheirColumns() {
    let shown = example(
      before: [answer(.instant(0), score: 0.25, isGreedy: true), answer(.instant(130)), answer(.instant(-1))],
      after: [
        answer(.intervals([Interval(10, 20), Interval(95, 130)])),
        SummaryAnswer(text: "", reading: .unreadable(.blank), score: 0),
      ])
    #expect(
      TextTimeline(shown, columns: 43).text == """
        When?
        reference        ··········◆·········
        before, greedy   ●···················  0.25
                         ···················›
                         ‹···················
        after            ··██···············█
                          unreadable: blank    0.00
                         0:00

        """)
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    var shown = example(before: [], after: [answer(.text("\u{1B}[2Jgone\nnext"))])
    shown.question.text = "\u{1B}]0;title\u{7}When?"
    let text = TerminalSummary(
      SummaryContent(title: "t", headline: "done", warnings: ["a\u{8}b"], examples: [shown])
    ).text
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    #expect(text.contains("�[2Jgone next"))
    #expect(text.hasSuffix("warning: a�b\n\ndone\n"))
  }
}
