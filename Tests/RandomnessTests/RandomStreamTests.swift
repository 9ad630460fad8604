import Randomness
import Testing

struct RandomStreamTests {
  /// The first outputs of SplitMix64 from seed 1234567, as its authors' reference implementation gives them.
  @Test func followsSplitMix64() {
    var stream = RandomStream(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in stream.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func derivedStreamsDependOnEveryKeyAndOnTheirOrder() {
    let stream = RandomStream(seed: 9)
    let seeds = [[1], [2], [1, 2], [2, 1], [1, 2, 0], []].map { (keys: [UInt64]) in stream.seed(for: keys) }
    #expect(Set(seeds).count == seeds.count)
    #expect(stream.derived(1, 2) == stream.derived(1, 2))
  }

  @Test func uniformNumbersHaveTheirMeanAndRange() {
    var stream = RandomStream(seed: 3)
    let values = (0..<100_000).map { _ in stream.uniform() }
    #expect(values.allSatisfy { (0..<1).contains($0) })
    // The standard error of the mean of 100,000 uniform numbers is 0.0009.
    #expect(abs(values.reduce(0, +) / 100_000 - 0.5) < 0.004)
  }
}
