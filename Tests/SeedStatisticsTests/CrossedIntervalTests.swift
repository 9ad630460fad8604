import Randomness
import Testing

@testable import SeedStatistics

struct CrossedIntervalTests {
  private static func normal(_ stream: inout RandomStream) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + stream.uniform() }
  }

  /// Scores with known deviations over seeds, tracks and cells around 0: one score a cell.
  private static func scores(
    seeds: Int, tracks: Int, deviations: (seed: Double, track: Double, cell: Double), _ stream: inout RandomStream
  ) -> [[[Double]]] {
    let hard = (0..<tracks).map { _ in deviations.track * normal(&stream) }
    return (0..<seeds).map { _ in
      let level = deviations.seed * normal(&stream)
      return hard.map { [level + $0 + deviations.cell * normal(&stream)] }
    }
  }

  /// How often the nominal 95 % interval holds the truth over 600 data sets: a fair figure has a standard error of 0.009.
  private static func coverage(seeds: Int, deviations: (seed: Double, track: Double, cell: Double)) throws -> Double {
    var hits = 0
    for trial in 0..<600 {
      var stream = RandomStream(seed: 2027).derived(trial)
      let scores = try #require(
        CrossedScores([Self.scores(seeds: seeds, tracks: 60, deviations: deviations, &stream)]))
      if Bootstrap(stream: stream, resamples: 400).mean(of: scores).contains(0) { hits += 1 }
    }
    return Double(hits) / 600
  }

  /// Seeds alone, seeds beside the noise of tracks and cells as in a difference of 1,000 tracks, and no seeds at all.
  static let cases: [(seeds: Int, deviations: (seed: Double, track: Double, cell: Double))] = [
    (5, (0.1, 0.1, 0.3)), (5, (0.04, 0.2, 0.3)), (5, (0, 0.3, 0.3)), (3, (0.05, 0.2, 0.3)), (10, (0.05, 0.2, 0.3)),
  ]

  @Test(arguments: cases.indices) func ninetyFivePercentHoldTheTruth(index: Int) throws {
    let (seeds, deviations) = Self.cases[index]
    let share = try Self.coverage(seeds: seeds, deviations: deviations)
    #expect((0.93...0.97).contains(share), "\(seeds) seeds, \(deviations): \(share)")
  }

  @Test func drawingTracksAloneDoesNotHoldTheTruth() {
    var hits = 0
    for trial in 0..<200 {
      var stream = RandomStream(seed: 2027).derived(trial)
      let seeds = Self.scores(seeds: 5, tracks: 60, deviations: (0.1, 0.1, 0.3), &stream)
      let tracks = (0..<60).map { track in seeds.flatMap { $0[track] } }
      if Bootstrap(stream: stream, resamples: 400).mean(ofTracks: tracks)?.contains(0) == true { hits += 1 }
    }
    #expect(Double(hits) / 200 < 0.75)
  }

  @Test func ofOneSeedItIsTheIntervalOverTracks() throws {
    let tracks = [[0.1, 0.4], [0.9], [], [0.3, 0.2, 0.8]]
    let bootstrap = Bootstrap(stream: RandomStream(seed: 11))
    let scores = try #require(CrossedScores([[tracks]]))
    let (own, expected) = (bootstrap.mean(of: scores), try #require(bootstrap.mean(ofTracks: tracks)))
    #expect(abs(own.estimate - expected.estimate) < 1e-12)
    #expect(abs(own.lower - expected.lower) < 1e-12 && abs(own.upper - expected.upper) < 1e-12)
  }

  @Test func seedsThatAgreeAddNothing() throws {
    let tracks = (0..<30).map { [Double($0 % 3)] }
    let bootstrap = Bootstrap(stream: RandomStream(seed: 11))
    let one = bootstrap.mean(of: try #require(CrossedScores([[tracks]])))
    let five = bootstrap.mean(of: try #require(CrossedScores([Array(repeating: tracks, count: 5)])))
    #expect(five.lower < one.lower + 1e-12 && five.upper > one.upper - 1e-12)
    #expect(five.upper - five.lower < 1.06 * (one.upper - one.lower))
  }

  /// Five seeds that differ by 0.036 around +0.101 on tracks that all agree.
  ///
  /// The standard error is that of five values, and t has four degrees of freedom. Worked out by hand: deviation 0.01430, / √5 = 0.00640, × 2.776 = 0.01776.
  @Test func theWidthIsThatOfStudentsTWhereOnlySeedsDiffer() throws {
    let differences = [0.085, 0.093, 0.1, 0.106, 0.121]
    let scores = try #require(CrossedScores([differences.map { value in (0..<40).map { _ in [value] } }]))
    let interval = Bootstrap(stream: RandomStream(seed: 4), resamples: 20_000).mean(of: scores)
    #expect(abs(interval.estimate - 0.101) < 1e-12)
    #expect(abs(0.5 * (interval.upper - interval.lower) - 0.01776) < 0.0012)
  }

  @Test func aDifferenceIsThatOfTheMeansAndPairsWhatIsPaired() throws {
    var stream = RandomStream(seed: 8)
    let hard = Self.scores(seeds: 4, tracks: 50, deviations: (0.3, 0.5, 0.1), &stream)
    let better = hard.map { $0.map { $0.map { $0 + 0.1 } } }
    let bootstrap = Bootstrap(stream: RandomStream(seed: 9))
    let (first, second) = (try #require(CrossedScores([better])), try #require(CrossedScores([hard])))
    let paired = bootstrap.difference(of: first, minus: second, isPaired: true)
    #expect(abs(paired.estimate - 0.1) < 1e-12 && abs(paired.lower - 0.1) < 1e-9 && abs(paired.upper - 0.1) < 1e-9)
    let apart = bootstrap.difference(of: first, minus: second, isPaired: false)
    #expect(abs(apart.estimate - 0.1) < 1e-12 && apart.lower < -0.2 && apart.upper > 0.4)
  }

  @Test func measuresAreAveragedAfterTheirMeans() throws {
    // Means 0.5 of two scores and 1 of one score; together 0.75.
    let scores = try #require(CrossedScores([[[[0], [1]]], [[[1], []]]]))
    #expect(scores.mean == 0.75 && scores.means == [0.5, 1])
    #expect(abs(scores.influences.joined().reduce(0, +)) < 1e-12)
    #expect(CrossedScores([[[[], []]]]) == nil && CrossedScores([]) == nil)
  }

  /// From the tables of Student's t.
  @Test(arguments: [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (30, 2.042), (120, 1.980), (5000, 1.960)])
  func quantilesAreStudents(freedom: Int, expected: Double) {
    #expect(abs(StudentQuantile.twoSided(level: 0.95, freedom: freedom) - expected) < 5e-4)
  }
}
