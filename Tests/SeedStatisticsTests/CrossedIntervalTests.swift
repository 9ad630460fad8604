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

  /// Nominal 95 % intervals of 600 data sets whose truth is 0.
  private static func intervals(seeds: Int, deviations: (seed: Double, track: Double, cell: Double)) throws
    -> [ConfidenceInterval]
  {
    try (0..<600).map { trial in
      var stream = RandomStream(seed: 2027).derived(trial)
      let scores = try #require(
        CrossedScores([Self.scores(seeds: seeds, tracks: 60, deviations: deviations, &stream)]))
      return Bootstrap(stream: stream, resamples: 400).mean(of: scores)
    }
  }

  /// How often they hold the truth: a fair figure has a standard error of 0.009.
  private static func coverage(of intervals: [ConfidenceInterval]) -> Double {
    Double(intervals.count { $0.contains(0) }) / Double(intervals.count)
  }

  /// Seeds alone, seeds beside the noise of tracks and cells as in a difference of 1,000 tracks, and no seeds at all.
  static let cases: [(seeds: Int, deviations: (seed: Double, track: Double, cell: Double))] = [
    (5, (0.1, 0.1, 0.3)), (5, (0.04, 0.2, 0.3)), (5, (0, 0.3, 0.3)), (3, (0.05, 0.2, 0.3)), (10, (0.05, 0.2, 0.3)),
    (10, (0.05, 0, 0.3)),
  ]

  @Test(arguments: cases.indices) func ninetyFivePercentHoldTheTruth(index: Int) throws {
    let (seeds, deviations) = Self.cases[index]
    let share = Self.coverage(of: try Self.intervals(seeds: seeds, deviations: deviations))
    #expect((0.93...0.97).contains(share), "\(seeds) seeds, \(deviations): \(share)")
  }

  /// Where all tracks are alike V_cell cancels V_track.
  ///
  /// One mean of three has a standard error of 0.058, and t of two degrees of freedom
  /// makes that 0.25; nineteen of twenty intervals were up to 1.1 to each side where ν could fall to one.
  @Test func threeSeedsOnTracksThatAreAlikeAreNotStretchedBeyondTheirFreedom() throws {
    let intervals = try Self.intervals(seeds: 3, deviations: (0.1, 0, 0.1))
    let widths = intervals.map { 0.5 * ($0.upper - $0.lower) }.sorted()
    #expect(widths[300] > 0.17 && widths[300] < 0.24 && widths[570] < 0.5, "\(widths[300]), \(widths[570])")
    #expect((0.91...0.97).contains(Self.coverage(of: intervals)))
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

  /// Three seeds at 0.008, 0.022 and 0.097 on tracks of equal means, where cells have half of the variance between seeds.
  ///
  /// By hand: deviations −0.0343, −0.0203, +0.0547, Σ² = 0.00458, V_seed = 0.00458/6 = 0.000763. Cells of ± a with a² = 0.01718 have
  /// V_cell = 0.000382, so A is as much, and draws of three seeds run from 3 · (−0.0343) to 3 · 0.0547, times √(A/Σ²) = 0.2887. Half of
  /// that is 0.0386; with t of two degrees of freedom, 4.303/1.960, 0.0846. With one degree it would be 0.250.
  @Test func cellsDoNotTakeAwayTheFreedomOfSeeds() throws {
    let (seeds, cell) = ([0.008, 0.022, 0.097], 0.01718.squareRoot())
    let scores = try #require(
      CrossedScores([
        zip(seeds, [cell, -cell, 0]).map { level, own in (0..<16).map { [level + ($0.isMultiple(of: 2) ? own : -own)] } }
      ]))
    let interval = Bootstrap(stream: RandomStream(seed: 4)).mean(of: scores)
    #expect(abs(0.5 * (interval.upper - interval.lower) - 0.0846) < 0.0005)
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
