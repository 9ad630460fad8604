import Randomness
import SeedStatistics
import Testing

struct ComparisonTests {
  private let bootstrap = Bootstrap(stream: RandomStream(seed: 3), resamples: 4000)

  @Test func signFlipsAgreeWithScipy() throws {
    let cases = try GoldenFigures.read().cases.filter { $0.paired != nil }
    #expect(cases.count == 3)
    for line in cases {
      let pairs = PairedSeeds(try #require(ScoreTable(line.x)), minus: try #require(ScoreTable(line.y)))
      let expected = try #require(line.paired)
      #expect(abs(pairs.mean - expected.difference) < 1e-12)
      #expect(abs(SignFlipTest.p(pairs.differences, stream: bootstrap.stream) - expected.p) < 1e-9, "\(line.name)")
    }
  }

  @Test func pIsSmallestWhereAllSeedsAgree() {
    #expect(SignFlipTest.p([0.1, 0.2, 0.3, 0.1, 0.4], stream: bootstrap.stream) == 2.0 / 32)
    #expect(SignFlipTest.smallest(pairs: 5) == 2.0 / 32)
    #expect(SignFlipTest.p([0, 0, 0], stream: bootstrap.stream) == 1)
    #expect(SignFlipTest.p([], stream: bootstrap.stream) == 1)
    let many = (0..<24).map { Double($0 % 5) - 1.2 }
    let sampled = SignFlipTest.p(many, stream: bootstrap.stream, draws: 20_000)
    let exact = SignFlipTest.p(Array(many[..<20]), stream: bootstrap.stream)
    #expect(sampled > 0 && sampled < 0.1 && exact < 0.1)
  }

  @Test func correctionsAgreeWithStatsmodels() throws {
    let golden = try GoldenFigures.read().corrections
    for (own, expected) in zip(ManyComparisons.holm(golden.p), golden.holm) { #expect(abs(own - expected) < 1e-12) }
    for (own, expected) in zip(ManyComparisons.benjaminiHochberg(golden.p), golden.bh) {
      #expect(abs(own - expected) < 1e-12)
    }
    #expect(ManyComparisons.holm([]).isEmpty && ManyComparisons.holm([0.03]) == [0.03])
  }

  @Test func pairingNarrowsTheIntervalAndWordsSayTheShare() throws {
    let hard = try #require(ScoreTable([[0.1, 0.2], [0.5, 0.6], [0.9, 0.8], [0.3, 0.3], [0.7, 0.5]]))
    let gains = [0.02, 0.05, 0.01, 0.03, 0.04]
    let better = try #require(ScoreTable(zip(hard.scores, gains).map { row, gain in row.map { $0 + gain } }))
    let paired = ArmComparison(better, over: hard, isPaired: true, bootstrap: bootstrap)
    let apart = ArmComparison(better, over: hard, isPaired: false, bootstrap: bootstrap)
    #expect(abs(paired.difference.estimate - 0.03) < 1e-12)
    #expect(paired.difference.lower > 0.01 && paired.difference.upper < 0.05)
    #expect(apart.difference.lower < 0 && apart.difference.upper > 0.1)
    #expect(paired.p == 2.0 / 32 && apart.p == nil)
    #expect(paired.words("B", "A") == "B is better than A in every one of the bootstrap draws")
    #expect(apart.words("B", "A").hasPrefix("B is better than A in "))
    #expect(apart.words("B", "A").hasSuffix(" % of bootstrap draws"))
    let level = ArmComparison(hard, over: hard, isPaired: true, bootstrap: bootstrap)
    // Draws whose middle lies on the other side of 0 than the difference, or near it, name no winner.
    for replicates in [[-3, -0.1, 0.1, 0.2, 0.3], (0..<100).map { $0 < 46 ? -1 : 1 }] {
      let skewed = BootstrapDraws(estimate: -0.4, replicates: replicates)
      let words = ArmComparison(better, over: hard, isPaired: true, bootstrap: bootstrap, draws: skewed).words("B", "A")
      #expect(words == "B and A are level: B is better in \(replicates.count == 5 ? 60 : 54) % of bootstrap draws")
    }
    // 0.58 times 100 is a bit below 58; 54.7 % is level and 55.4 % is not, so they must not both read 55.
    let read = [
      (580, "B is better than A in 58 %"), (547, "B and A are level: B is better in 54 %"), (554, "B is better than A in 55 %"),
    ]
    for (count, start) in read {
      let draws = BootstrapDraws(estimate: 0.4, replicates: (0..<1000).map { $0 < count ? 1 : -1 })
      let words = ArmComparison(better, over: hard, isPaired: true, bootstrap: bootstrap, draws: draws).words("B", "A")
      #expect(words == start + " of bootstrap draws")
    }
    #expect(level.shareOfDraws == 0.5 && level.difference.contains(0) && level.p == 1)
  }

  @Test func sharesCountTiesHalf() {
    let draws = BootstrapDraws(estimate: 0.2, replicates: [-1, 0, 0, 2, 3])
    #expect(draws.share(above: 0) == 0.6)
    #expect(draws.share(above: 5) == 0)
    #expect(draws.share(above: -2) == 1)
  }

  @Test func tooFewSeedsAreSaid() throws {
    #expect(SeedAdvice.interval(seeds: 5) == nil)
    #expect(try #require(SeedAdvice.interval(seeds: 3)).contains("3 seeds"))
    #expect(try #require(SeedAdvice.interval(seeds: 1)).contains("One seed"))
    #expect(try #require(SeedAdvice.interval(seeds: 1, most: 1)).contains("One seed"))
    #expect(try #require(SeedAdvice.interval(seeds: 1, most: 4)).hasPrefix("An arm has one seed and another 4"))
    let advice = try #require(SeedAdvice.test(pairs: 5, comparisons: 1))
    #expect(advice.contains("0.0625") && advice.contains("6 seeds could show one"))
    #expect(SeedAdvice.test(pairs: 6, comparisons: 1) == nil)
    let corrected = try #require(SeedAdvice.test(pairs: 6, comparisons: 3))
    #expect(corrected.contains("0.0938 after Holm's correction for 3 comparisons"))
  }
}
