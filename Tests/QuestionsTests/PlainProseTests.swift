import Questions
import Randomness
import Testing
import Timelines

/// The short way through plain sentences reads what the grammars read.
struct PlainProseTests {
  private static let words = Array(
    """
    the flute enters at around is it I think that starts starting plays answer final Answer from a one an you can hear it's i'd first not no by
    about approx track audio of minute seconds min s am PM i then and or to until until, maybe before after latest long lasts piano's 1st e.g. K.
    never none only without late wrong example vi analysis assistantfinal piece total remaining clip silent said like would if but because while
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  private static let times = [
    "0:57", "1:12", "12:34", "0:57-1:12", "0:57–1:12", "0:57-1:12, 2:10-2:25", "1:12-0:57", "0:60", "0:57.5", "57", "57 s",
    "**0:57**",
    "0:57,", "0:57.", "0:57-1:12.", "0:57:12", "0:57 - 1:12",
  ]
  private static let joints = [" ", " ", " ", " ", " ", " ", ", ", ". ", ": ", "\n", "  ", "*", "-", "'", ".", "? "]
  private static let forms = [AnswerForm(kind: .instant), AnswerForm(kind: .intervals)]

  @Test func sentencesAreReadAsTheGrammarsReadThem() {
    let stream = RandomStream(seed: 31)
    var answered = 0
    for trial in 0..<40_000 {
      var random = stream.derived(trial)
      var text = ""
      let count = random.integer(in: 0...7)
      let place = random.integer(in: 0...count)
      let few = random.chance(0.7) ? 26 : Self.words.count
      for word in 0...count {
        if word == place {
          text += GeneratedAnswer.pick(Self.times, &random)
        } else {
          text += Self.words[random.integer(in: 0...(few - 1))]
        }
        if word < count || random.chance(0.3) { text += GeneratedAnswer.pick(Self.joints, &random) }
      }
      for form in Self.forms { if agrees(text, form) { answered += 1 } }
    }
    #expect(answered > 5_000)
  }

  @Test func goldenAndGeneratedAnswersAreReadAsTheGrammarsReadThem() throws {
    for golden in try GoldenAnswer.files().joined() { for form in Self.forms { agrees(golden.text, form) } }
    let stream = RandomStream(seed: 32)
    for trial in 0..<10_000 {
      var random = stream.derived(trial)
      let text = GeneratedAnswer(&random).text
      for form in Self.forms { agrees(text, form) }
    }
  }

  /// Compares both ways; whether there is an answer.
  @discardableResult
  private func agrees(_ text: String, _ form: AnswerForm) -> Bool {
    let reader = AnswerReader(form)
    let reading = reader.read(text)
    guard !reading.isStrict else { return true }
    let thorough = reader.readThoroughly(text.utf8.span)
    #expect(reading == thorough, "\(text.debugDescription) as \(form.kind)")
    return reading.outcome == .answered
  }
}
