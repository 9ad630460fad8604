import Questions
import Testing
import Timelines

@testable import RunReports

struct TrackPageTests {
  @Test func theChartShowsEachSecond() {
    let chart = SecondsChart([0, 0.5, 1, 0.25], columns: 40, rows: 2)
    #expect(
      chart.text == """
          1.00 ┤    ██
               ┤  ████▄▄
               └────────
                0:00

        """)
    #expect(SecondsChart([0, 0], columns: 40).text == "")
  }

  @Test func secondsThatDoNotFitAreAddedUp() {
    let text = SecondsChart([Double](repeating: 0.01, count: 100), columns: 30, rows: 1).text
    #expect(text.contains("0.05 ┤" + String(repeating: "█", count: 20) + "\n"))
  }

  @Test func thePictureIsABitmapWithItsRowsFromTheBottomUp() {
    // Two moments of three bands.
    let bytes = HeatBitmap(values: [0, 0, 1, 0, 0, 0], rows: 3).bytes
    #expect(Array(bytes[0..<2]) == Array("BM".utf8))
    #expect(bytes.count == 54 + 1024 + 3 * 4)
    #expect(bytes[2] == UInt8(bytes.count & 0xFF) && bytes[3] == UInt8(bytes.count >> 8))
    #expect(bytes[18] == 2 && bytes[22] == 3)
    #expect(Array(bytes[1078...]) == [0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0])
    #expect(HeatBitmap(values: [], rows: 3).bytes.count == 54 + 1024 + 3 * 4)
  }

  @Test func thePageShowsTruthCurvesAndAnswers() {
    let question = Question(
      id: "q", trackID: "<song>", task: "tsg", category: "onset", text: "When does the piano first start to play?",
      kind: .instant, references: [.instant(4)], duration: 10)
    let reading = AnswerReader(AnswerForm(question)).read("0:06")
    let content = TrackPageContent(
      title: "<song>", note: "a note", duration: 10, spectrogram: [0, 1, 0, 1], bands: 2,
      timeline: Timeline(
        trackID: "<song>", duration: 10, lanes: [.init(label: "piano", intervals: [Interval(4, 10)])],
        sections: [.init(interval: Interval(0, 10), label: "", intensity: 0.5)]),
      transitions: [4], curveRate: 1, transition: .init(label: "t", values: [0, 1]),
      intensity: .init(label: "i", values: [0.5, 0.5]), activity: [.init(label: "bass", values: [0.9])],
      answers: [.init(question: question, text: "0:06", reading: reading, score: "Hit@3s 1.00", seconds: [0, 0.5])])
    let page = TrackPage(content).html
    #expect(!page.contains("<song>") && page.contains("&lt;song&gt;"))
    #expect(page.contains("<title>piano 0:04.0–0:10.0</title>"))
    #expect(page.contains(">bass</text>"))
    #expect(page.contains("<td>0:04</td><td>0:06</td>"))
    // The truth's and the answer's marks on an axis from 92 to 920, as the truth above them.
    #expect(page.contains("<circle class=\"mark reference\" cx=\"423.2\""))
    #expect(page.contains("<circle class=\"mark after\" cx=\"588.8\""))
    #expect(page.contains("<line class=\"change\" x1=\"423.2\""))
    #expect(page.split(separator: "<rect class=\"second\"").count == 2)
  }
}
