import Foundation
import FoundationXML
import Questions
import RunReports
import Testing
import Timelines

struct SummaryPageTests {
  private static let hostile = "</pre><script>alert('x')</script> & \"quotes\" \u{0}\u{1B} 日本 🎵"

  private static func hostileContent() -> SummaryContent {
    var shown = example(
      before: [
        SummaryAnswer(text: hostile, reading: .unreadable(.hedged), score: .nan),
        answer(.text(hostile), score: -.infinity), answer(.instant(-5)), answer(.instant(1e300)),
      ],
      after: [
        answer(.intervals([Interval(20, 30), Interval(40, 40), Interval(90, 400)])), answer(.choice(7)),
        answer(.order([1, 0])),
      ])
    shown.question.text = hostile
    shown.question.trackID = hostile
    shown.timeline?.lanes[0].label = hostile
    shown.timeline?.sections[0].label = hostile
    let points = [1.0, .nan, .infinity, 2].enumerated().map {
      SummaryCurve.Point(step: $0, value: $1, low: $1 - 1, high: $1 + 1)
    }
    let curve = SummaryCurve(
      title: hostile, note: hostile,
      series: [.init(name: hostile, points: points), .init(name: hostile, points: points, isBroken: true, hasMarkers: true)])
    var comparison = loss
    comparison.metric = hostile
    comparison.decoding = hostile
    return SummaryContent(
      title: hostile, headline: hostile, facts: [SummaryFact(hostile, hostile)], warnings: [hostile],
      comparisons: [gain, comparison], comparisonNote: hostile, curves: [curve, SummaryCurve(title: hostile, series: [])],
      examples: [shown], command: hostile, configuration: hostile)
  }

  private static func drawings(in html: String) -> [String] {
    html.components(separatedBy: "<svg").dropFirst().map { "<svg" + $0.components(separatedBy: "</svg>")[0] + "</svg>" }
  }

  @Test func nothingInTheContentBecomesMarkup() {
    let html = SummaryPage(Self.hostileContent()).html
    #expect(!html.contains("<script"))
    #expect(!html.contains("alert('x')"))
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot; \u{FFFD}\u{FFFD} 日本 🎵"))
    #expect(html.components(separatedBy: "<pre>").count == html.components(separatedBy: "</pre>").count)
  }

  @Test func drawingsAreWellFormedAndFinite() {
    let drawings = Self.drawings(in: SummaryPage(Self.hostileContent()).html)
    #expect(drawings.count == 2 + 2 + 1 + 1 + 1)
    for drawing in drawings {
      #expect(XMLParser(data: Data(drawing.utf8)).parse(), "\(drawing)")
      let numbers = drawing.components(separatedBy: "=\"").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
      #expect(!numbers.contains { $0.contains("nan") || $0.contains("inf") || $0.contains("–") }, "\(drawing)")
    }
  }

  @Test func thePageNeedsNothingElse() {
    let html = SummaryPage(Self.hostileContent()).html
    for reference in ["http:", "https:", "src=", "href=\"", "@import", "url("] {
      #expect(!html.replacing("href=\"#", with: "").contains(reference), "\(reference)")
    }
    #expect(html.hasPrefix("<!DOCTYPE html>\n"))
    #expect(html.hasSuffix("</html>\n"))
  }

  @Test func armsHaveTheirNamesAndColours() {
    var content = SummaryContent(title: "t", comparisons: [loss])
    content.arms = SummaryArms(subject: "grpo", other: "sft", role: "control")
    content.forests = [
      SummaryForest(
        title: "f", rows: [.init(name: "grpo", estimate: SummaryEstimate(0.5, low: 0.4, high: 0.6), style: .after)])
    ]
    content.curves = [
      SummaryCurve(title: "c", series: [.init(name: "sft", points: [.init(step: 50, value: 1)], style: .control)])
    ]
    content.curves[0].startsAtZero = false
    content.terms = [SummaryFact("IoU", "overlap")]
    let html = SummaryPage(content).html
    #expect(html.contains("<th class=\"number control\">sft<small>control</small></th>"))
    #expect(html.contains("<th class=\"number after\">grpo<small>after</small></th>"))
    #expect(html.contains("<small>gain over sft</small>") || html.contains(">gain over sft<"))
    #expect(html.contains("<g class=\"after\"><title>grpo: 0.500"))
    #expect(html.contains("class=\"line control\"") && !html.contains("class=\"line s0\""))
    #expect(html.contains("<dt>IoU</dt><dd>overlap</dd>"))
    // One point alone, in the middle of an axis that does not begin at 0.
    #expect(html.contains("<circle class=\"dot control\" cx=\"248.0\""))
  }

  @Test func gainsAreMarkedWhereTheIntervalLeavesZero() {
    let html = SummaryPage(SummaryContent(title: "t", comparisons: [gain, loss])).html
    #expect(html.contains("<td class=\"number up\"><b>+0.188 ▲</b><small>+0.150 … +0.220</small></td>"))
    #expect(html.contains("<td class=\"number open\"><b>−0.010</b><small>−0.030 … +0.010</small></td>"))
    #expect(html.contains("<td class=\"number down\"><b>−0.020 ▼</b><small>−0.030 … −0.010</small></td>"))
  }

  @Test func timesAreDrawnWhereTheyLie() throws {
    let html = SummaryPage(
      SummaryContent(
        title: "t",
        examples: [
          example(before: [answer(.instant(120))], after: [answer(.intervals([Interval(25, 75)]))], references: [.instant(50)])
        ])
    ).html
    let drawing = try #require(Self.drawings(in: html).first)
    // The lanes run from 150 to 828: 50 s of 100 s lies at 489.
    #expect(drawing.contains("<line class=\"guide\" x1=\"489.0\""))
    #expect(drawing.contains("<rect class=\"mark after\" x=\"319.5\""))
    #expect(drawing.contains("width=\"339.0\""))
    #expect(drawing.contains("<polygon class=\"mark before\" points=\"828.0,"))
    #expect(drawing.contains("<title>2:00.0</title>"))
  }

  @Test func partsWithoutContentAreLeftOut() {
    let html = SummaryPage(SummaryContent(title: "bare")).html
    #expect(!html.contains("<h2>"))
    #expect(html.contains("<h1>bare</h1>"))
  }
}
