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

  @Test func aStemWeighsLessThanAWord() {
    let stemmed = Meteor15().score(hypothesis: words("drumming"), reference: words("drums"))
    #expect(abs(stemmed.precision - 0.6) < 1e-15 && abs(stemmed.recall - 0.6) < 1e-15)
  }
}
