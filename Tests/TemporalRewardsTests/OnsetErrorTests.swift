import Options
import Questions
import Rewards
import Testing

@Suite("onset-error") struct OnsetErrorTests {
  @Test("has each of its four shapes by value")
  func shapes() throws {
    let truth = question(.instant(60))
    let expected: [(String, Double, Double)] = [
      ("laplace", 15, 0.8187307530779818), ("gaussian", 3, 0.6065306597126334), ("linear", 12, 0.75), ("hit", 3, 1),
      ("hit", 2.999, 0),
    ]
    for (form, scale, score) in expected {
      let reward = try reward("onset-error", ["form": .text(form), "scale": .number(scale)])
      #expect(near(reward.score(.instant(63), truth), score, 1e-15), "\(form)")
    }
  }

  @Test("counts the nearest of several references, and nothing for what it cannot read")
  func edges() throws {
    let reward = try reward("onset-error")
    #expect(reward.score(.instant(100), question(.instant(20), .instant(100))) == 1)
    #expect(reward.unreadableScore(question(.instant(20))) == 0)
    #expect(reward.score(.instant(.nan), question(.instant(20))) == 0)
    #expect(reward.score(.instant(20), question(.choice(0))) == nil)
  }
}
