import Options
import Questions
import Rewards
import Testing

@Suite("Texts and completions") struct TextAndLengthTests {
  @Test("METEOR of an identical text is just below 1 in NLTK's form and 1 in the 1.5 form")
  func identical() throws {
    let text = "the drums enter with a loud crash"
    let truth = question(.text(text))
    #expect(near(try reward("meteor").score(.text(text), truth), 1 - 0.5 / 343, 1e-12))
    #expect(try reward("meteor", ["variant": .text("meteor-1.5-exact-stem")]).score(.text(text), truth) == 1)
    #expect(try reward("meteor").score(.text("nothing alike"), truth) == 0)
    #expect(
      try reward("meteor").score(.text("The DRUMS enter, with a loud crash!"), question(.text("x"), .text(text))).map {
        $0 > 0.8
      } == true)
  }

  @Test("long completions are charged between the free length and the limit")
  func length() throws {
    let penalty = try reward("completion-length", ["free": .number(100), "limit": .number(200)])
    let reading = Reading(outcome: .answered, answer: .instant(1), isStrict: true)
    let scores = [100, 150, 200, 5000].map { count in
      penalty.score(reading, in: Response(text: "", tokenCount: count, isTruncated: false), to: question(.instant(1)))
    }
    #expect(scores == [0, 0.5, 1, 1])
    #expect(penalty.score(reading, in: Response(text: "", tokenCount: 3, isTruncated: true), to: question(.instant(1))) == 1)
    #expect(try issues("completion-length", ["free": .number(10), "limit": .number(10)]).count == 1)
  }

  @Test("strict-format pays the prescribed form, and never what could not be read")
  func strict() throws {
    let format = try reward("strict-format")
    let response = Response(text: "", tokenCount: 1, isTruncated: false)
    let lenient = Reading(outcome: .answered, answer: .instant(1), isStrict: false)
    #expect(format.score(.instant(1), question(.instant(1))) == 1)
    #expect(format.score(lenient, in: response, to: question(.instant(1))) == 0)
    #expect(format.unreadableScore(question(.instant(1))) == 0)
  }
}
