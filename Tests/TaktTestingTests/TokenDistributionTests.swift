import Randomness
import RealModule
import TaktTesting
import Testing

struct TokenDistributionTests {
  @Test func probabilitiesAndEntropyOfKnownLogits() {
    let distribution = TokenDistribution(logits: [Float.log(1), .log(2), .log(5)], temperature: 1)
    for (log, probability) in zip(distribution.logProbabilities, [0.125, 0.25, 0.625] as [Float]) {
      #expect(abs(Float.exp(log) - probability) < 1e-6)
    }
    #expect(abs(distribution.entropy - 0.900_256) < 1e-5)
    #expect(abs(TokenDistribution(logits: [Float](repeating: 3, count: 8), temperature: 2).entropy - .log(8)) < 1e-6)
    #expect(TokenDistribution(logits: [1000, 0], temperature: 1).entropy == 0)
  }

  @Test func temperatureDividesTheLogits() {
    #expect(
      TokenDistribution(logits: [2, 6, -4], temperature: 2).logProbabilities
        == TokenDistribution(logits: [1, 3, -2], temperature: 1).logProbabilities)
  }

  @Test(arguments: [0.5, 1, 2] as [Float]) func gradientAgreesWithDifferences(temperature: Float) {
    let logits: [Float] = [0.3, -1.2, 0.8, 0.1]
    let (a, b): (Float, Float) = (0.7, -1.3)
    func loss(_ logits: [Float]) -> Float {
      let distribution = TokenDistribution(logits: logits, temperature: temperature)
      return a * distribution.logProbabilities[2] + b * distribution.entropy
    }
    let gradient = TokenDistribution(logits: logits, temperature: temperature)
      .logitGradient(token: 2, logProbability: a, entropy: b)
    for k in logits.indices {
      var (above, below) = (logits, logits)
      above[k] += 0.01
      below[k] -= 0.01
      #expect(abs(gradient[k] - (loss(above) - loss(below)) / 0.02) < 2e-3)
    }
  }

  @Test func drawsFollowTheProbabilities() {
    let distribution = TokenDistribution(logits: [Float.log(0.6), .log(0.3), .log(0.1)], temperature: 1)
    var stream = RandomStream(seed: 3)
    var counts = [0, 0, 0]
    for _ in 0..<10_000 { counts[distribution.draw(topP: 1, from: &stream).token] += 1 }
    for (count, expected) in zip(counts, [6000, 3000, 1000]) { #expect(abs(count - expected) < 150) }
  }

  @Test func topPKeepsTheSmallestSetAndRenormalises() {
    let distribution = TokenDistribution(logits: [Float.log(0.1), .log(0.6), .log(0.3)], temperature: 1)
    var stream = RandomStream(seed: 3)
    for _ in 0..<200 {
      let draw = distribution.draw(topP: 0.7, from: &stream)
      #expect(draw.token != 0)
      #expect(abs(draw.logProbability - .log(draw.token == 1 ? 2.0 / 3 : 1.0 / 3)) < 1e-5)
      #expect(distribution.draw(topP: 0.5, from: &stream).token == 1)
    }
    #expect(TokenDistribution(logits: [1, 1], temperature: 1).greedyDraw.token == 0)
  }
}
