import TemporalMetrics
import Testing

struct NLTKMeteorTests {
  private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  @Test func equalTextsStayBelowOne() {
    let text = words("the drums drop out and the vocal enters")
    #expect(NLTKMeteor().score(hypothesis: text, references: [text]) == 1 - 0.5 / 512)
  }

  @Test func stemsMatchAfterWords() {
    let score = NLTKMeteor().score(hypothesis: words("Drumming slows"), reference: words("drums slow"))
    #expect(score.matches == 2 && score.chunks == 1)
    #expect(NLTKMeteor().score(hypothesis: words("piano"), reference: words("drums")).score == 0)
    #expect(NLTKMeteor().score(hypothesis: [], references: [[]]) == 0)
  }

  @Test func theBestReferenceCounts() {
    let hypothesis = words("the vocal enters")
    let both = NLTKMeteor().score(hypothesis: hypothesis, references: [words("the piano fades"), hypothesis])
    #expect(both == NLTKMeteor().score(hypothesis: hypothesis, references: [hypothesis]))
  }
}
