import RealModule
import TemporalMetrics
import Testing

struct Meteor15Tests {
  private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  @Test func equalTextsScoreOne() {
    let text = words("the drums drop out , and the vocal enters .")
    let score = Meteor15().score(hypothesis: text, reference: text)
    #expect(score.score == 1 && score.fragmentationPenalty == 0)
  }

  @Test func nothingInCommonScoresZero() {
    let score = Meteor15().score(hypothesis: words("piano"), reference: words("drums"))
    #expect(score.score == 0 && score.fragmentationPenalty == nil)
    #expect(Meteor15().score(hypothesis: [], reference: words("drums")).score == 0)
    #expect(Meteor15().score(hypothesis: words("drums"), references: []) == 0)
  }

  @Test func contentWordsWeighThreeTimesFunctionWords() {
    // δ = 0.75: “the” weighs 0.25, “drums” 0.75.
    #expect(Meteor15().score(hypothesis: words("the drums"), reference: words("drums")).precision == 0.75)
    #expect(Meteor15().score(hypothesis: words("the drums"), reference: words("the")).precision == 0.25)
    #expect(Meteor15.englishFunctionWords.count == 93)
  }

  /// A looping answer: 16,000 words took seven gigabytes.
  ///
  /// Four words are matched in one chunk; the first 2,000 words are aligned, all count.
  @Test func aTextThatRepeatsItselfIsCheap() {
    let loop = (0..<16_000).map { ["the", "drums", "enter"][$0 % 3] }
    let reference = words("the drums enter again")
    let score = Meteor15().score(hypothesis: loop, reference: reference)
    // Weights of the, drums, enter: 0.25, 0.75, 0.75; 5,334 + 5,333 + 5,333 words.
    let matched = 0.25 + 0.75 + 0.75
    let all = 5_334 * 0.25 + 5_333 * 0.75 + 5_333 * 0.75
    #expect(abs(score.precision - matched / all) < 1e-15)
    #expect(abs(score.recall - matched / 2.5) < 1e-15)
    #expect(score.fragmentationPenalty == 0.6 * Double.pow(1.0 / 3, 0.2))
    let late = [String](repeating: "x", count: 2_000) + reference
    #expect(Meteor15().score(hypothesis: late, reference: reference).recall == 0)
    #expect(Meteor15().score(hypothesis: Array(late.dropFirst()), reference: reference).recall == 0.1)
  }

  @Test func aStemWeighsLessThanAWord() {
    let stemmed = Meteor15().score(hypothesis: words("drumming"), reference: words("drums"))
    #expect(abs(stemmed.precision - 0.6) < 1e-15 && abs(stemmed.recall - 0.6) < 1e-15)
  }
}
