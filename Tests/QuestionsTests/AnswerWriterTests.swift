import Questions
import Randomness
import Testing
import Timelines

struct AnswerWriterTests {
  @Test func writesThePrescribedForms() {
    let items = AnswerForm(kind: .order, items: ["X", "Y", "Z"])
    let cases: [(AnswerForm, Answer, String)] = [
      (AnswerForm(kind: .instant), .instant(57), "0:57"),
      (AnswerForm(kind: .instant), .instant(6005), "100:05"),
      (AnswerForm(kind: .instant), .instant(12.25), "0:12.25"),
      (AnswerForm(kind: .intervals), .intervals([Interval(57, 72), Interval(130, 145)]), "0:57-1:12, 2:10-2:25"),
      (AnswerForm(kind: .intervals), .intervals([]), "none"),
      (AnswerForm(kind: .choice, choiceCount: 6), .choice(5), "F"),
      (items, .order([2, 0, 1]), "Z,X,Y"),
      (AnswerForm(kind: .text), .text("The drums enter."), "The drums enter."),
    ]
    for (form, answer, text) in cases { #expect(AnswerWriter(form).write(answer) == text) }
  }

  @Test func whatIsWrittenIsReadBackStrictly() {
    let stream = RandomStream(seed: 11)
    for trial in 0..<2_000 {
      var random = stream.derived(trial)
      let (form, answer) = whole(&random)
      for text in [AnswerWriter(form).write(answer), "<answer>\(AnswerWriter(form).write(answer))</answer>"] {
        let reading = AnswerReader(form).read(text)
        #expect(reading == Reading(outcome: .answered, answer: answer, isStrict: true), "\(text)")
      }
    }
  }

  @Test func fractionsAreReadBackLenientlyToTheLastDigit() {
    let stream = RandomStream(seed: 12)
    for trial in 0..<2_000 {
      var random = stream.derived(trial)
      let seconds = Double(random.integer(in: 0...1_000_000_000)) / [1e1, 1e2, 1e3, 1e6][random.integer(in: 0...3)]
      let text = AnswerWriter.clock(seconds)
      let reading = AnswerReader(AnswerForm(kind: .instant)).read(text)
      #expect(reading.answer == .instant(seconds), "\(text)")
      let isWhole = seconds == seconds.rounded()
      #expect(reading.isStrict == isWhole)
      #expect(AnswerReader(AnswerForm(kind: .instant)).read("\(seconds) s").answer == .instant(seconds))
    }
  }

  /// An answer of any kind but text, with times in whole seconds.
  private func whole(_ random: inout RandomStream) -> (AnswerForm, Answer) {
    switch random.integer(in: 0...3) {
    case 0:
      return (AnswerForm(kind: .instant), .instant(Double(random.integer(in: 0...9_999_999))))
    case 1:
      let intervals = (0..<random.integer(in: 1...5)).map { _ in
        let start = random.integer(in: 0...5_000)
        return Interval(Double(start), Double(start + random.integer(in: 0...900)))
      }
      return (AnswerForm(kind: .intervals), .intervals(intervals))
    case 2:
      let count = random.integer(in: 1...26)
      return (AnswerForm(kind: .choice, choiceCount: count), .choice(random.integer(in: 0...(count - 1))))
    default:
      let items = ["piano enters", "1", "X", "Flöte", "piano", "11"]
      return (AnswerForm(kind: .order, items: items), .order(items.indices.shuffled(using: &random)))
    }
  }
}
