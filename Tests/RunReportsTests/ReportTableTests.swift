import Foundation
import FoundationXML
import RunReports
import Testing

struct ReportTableTests {
  private static let table = SummaryTable(
    title: "TSG Hit@3s, 50 % & more", note: "Paired by seed.", columns: ["arm", "IQM", "difference", "p", "words"],
    rows: [
      [
        .text("must_2"), .estimate(SummaryEstimate(0.5, low: 0.25, high: 0.625)),
        .gain(SummaryEstimate(0.1, low: 0.05, high: 0.2)), .probability(0.0004), .text("a, \"b\" | c"),
      ],
      [.text("iou"), .number(0.25, places: 2), .gain(SummaryEstimate(-0.1, low: -0.2, high: 0.1)), .nothing, .text("<b>")],
    ])

  private static var content: SummaryContent {
    var content = SummaryContent(title: "rewards", headline: "must is better", command: "takt ablate rewards.yaml")
    content.tables = [table]
    content.findings = ["a finding"]
    content.cautions = ["3 seeds"]
    content.forests = [
      SummaryForest(
        title: "Overall",
        rows: [
          .init(name: "start", estimate: SummaryEstimate(0.2, low: 0.1, high: 0.3), seeds: [0.1, 0.3], isBaseline: true),
          .init(name: "<svg>", estimate: SummaryEstimate(0.6, low: 0.6, high: 1.1), seeds: [0.6]),
        ])
    ]
    return content
  }

  @Test func csvIsTidyWithFullNumbers() {
    let lines = ReportDocument(Self.content).csv.split(separator: "\n").map(String.init)
    #expect(lines[0] == "table,row,column,value,low,high,text")
    #expect(lines[1] == "\"TSG Hit@3s, 50 % & more\",must_2,IQM,0.5,0.25,0.625,")
    #expect(lines[4] == "\"TSG Hit@3s, 50 % & more\",must_2,words,,,,\"a, \"\"b\"\" | c\"")
    #expect(lines.count == 1 + 8)
  }

  @Test func fieldsThatSpreadsheetsTakeForFormulasAreTexts() {
    let hostile = SummaryTable(
      title: "=1+1", columns: ["arm", "@n", "words"],
      rows: [[.text("+arm"), .number(-0.5, places: 1), .text("-2+3\r\n")], [.text("-1"), .nothing, .text("\t=x")]])
    var content = SummaryContent(title: "t")
    content.tables = [hostile]
    #expect(
      ReportDocument(content).csv == "table,row,column,value,low,high,text\n'=1+1,'+arm,'@n,-0.5,,,\n"
        + "'=1+1,'+arm,words,,,,\"'-2+3\r\n\"\n'=1+1,-1,'@n,,,,\n'=1+1,-1,words,,,,'\t=x\n")
  }

  @Test func nothingBecomesMarkupInMarkdown() {
    var content = SummaryContent(title: "<b>t</b>", headline: "p < 0.05", warnings: ["<script>x</script>"])
    content.cautions = ["a <!-- b"]
    let text = ReportDocument(content).markdown
    #expect(text == "# &lt;b>t&lt;/b>\n\np < 0.05\n\n- a &lt;!-- b\n\n- Warning: &lt;script>x&lt;/script>\n")
  }

  @Test func markdownEscapesColumnsAndSaysWhatIsSaid() {
    let text = ReportDocument(Self.content).markdown
    #expect(text.contains("| must_2 | 0.500 [0.250, 0.625] | +0.100 [+0.050, +0.200] ▲ | < 0.001 | a, \"b\" \\| c |"))
    #expect(text.contains("- a finding") && text.contains("- 3 seeds") && text.contains("takt ablate rewards.yaml"))
  }

  @Test func latexEscapesItsSigns() {
    let text = ReportDocument(Self.content).latex
    #expect(text.contains("\\caption{TSG Hit@3s, 50 \\% \\& more. Paired by seed.}"))
    #expect(text.contains("must\\_2 & 0.500 [0.250, 0.625] & +0.100 [+0.050, +0.200] $\\blacktriangle$ & $<$ 0.001 & "))
    #expect(text.contains("$-$0.100 [$-$0.200, +0.100] & -- & "))
    #expect(text.contains("\\begin{tabular}{lrrrl}"))
  }

  @Test func aForestPlotDrawsEstimatesWhereTheyLie() throws {
    let html = SummaryPage(Self.content).html
    let drawing = try #require(html.components(separatedBy: "<svg").dropFirst().first.map { "<svg" + $0 })
    let svg = drawing.components(separatedBy: "</svg>")[0] + "</svg>"
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    // The axis runs from 0 to 1.5 over 132…316, so 0.6 lies at 205.6 and 0.2 at 156.5.
    #expect(svg.contains("<polygon class=\"estimate\" points=\"200.6,"))
    #expect(svg.contains("<line class=\"guide\" x1=\"156.5\""))
    #expect(svg.components(separatedBy: "class=\"seed\"").count == 1 + 3)
    #expect(html.contains("What this cannot show") && html.contains("<li>3 seeds</li>"))
    #expect(html.contains("<td class=\"prose\">&lt;b&gt;</td>"))
    #expect(html.contains("<b>+0.100 ▲</b>"))
  }
}
