import Randomness
import SeedStatistics
import Testing

struct BootstrapTests {
  private let bootstrap = Bootstrap(stream: RandomStream(seed: 11), level: 0.95, resamples: 2000)

  private func normal(_ stream: inout RandomStream) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + stream.uniform() }
  }

  @Test func intervalOfAMeanMatchesItsStandardError() throws {
    var stream = RandomStream(seed: 5)
    let scores = (0..<400).map { _ in [normal(&stream)] }
    let interval = try #require(bootstrap.mean(ofTracks: scores))
    let mean = scores.reduce(0) { $0 + $1[0] } / 400
    let deviation = (scores.reduce(0) { $0 + ($1[0] - mean) * ($1[0] - mean) } / 399).squareRoot()
    let halfWidth = 1.96 * deviation / 20
    #expect(abs(interval.estimate - mean) < 1e-12)
    #expect(abs(interval.upper - (mean + halfWidth)) < 0.1 * halfWidth)
    #expect(abs(interval.lower - (mean - halfWidth)) < 0.1 * halfWidth)
  }

  @Test func intervalHoldsTheTruthAsOftenAsItSays() {
    var hits = 0
    for trial in 0..<400 {
      var stream = RandomStream(seed: 99).derived(trial)
      let tracks = (0..<30).map { _ in
        let level = normal(&stream)
        return (0..<5).map { _ in level + 0.2 * normal(&stream) }
      }
      let small = Bootstrap(stream: stream, level: 0.9, resamples: 200)
      if small.mean(ofTracks: tracks)?.contains(0) == true { hits += 1 }
    }
    #expect((0.85...0.94).contains(Double(hits) / 400))
  }

  @Test func tracksWithManyScoresDoNotNarrowTheInterval() throws {
    let tracks = (0..<20).map { [Double($0 % 2)] }
    let repeated = tracks.map { Array(repeating: $0[0], count: 50) }
    let few = try #require(bootstrap.mean(ofTracks: tracks))
    let many = try #require(bootstrap.mean(ofTracks: repeated))
    #expect(abs(few.lower - many.lower) < 1e-12 && abs(few.upper - many.upper) < 1e-12)
    #expect(few.lower < 0.4 && few.upper > 0.6)
  }

  @Test func sameStreamSameInterval() {
    let tracks = [[0.1, 0.4], [0.9], [], [0.3, 0.2, 0.8]]
    #expect(bootstrap.mean(ofTracks: tracks) == bootstrap.mean(ofTracks: tracks))
    #expect(bootstrap.mean(ofTracks: tracks) == bootstrap.mean(ofTracks: tracks.filter { !$0.isEmpty }))
    let other = Bootstrap(stream: RandomStream(seed: 12), resamples: 50)
    #expect(other.mean(ofTracks: tracks) != Bootstrap(stream: RandomStream(seed: 13), resamples: 50).mean(ofTracks: tracks))
    #expect(bootstrap.mean(ofTracks: [[], []]) == nil)
  }

  @Test func pairingRemovesWhatIsHardAboutATrack() throws {
    var stream = RandomStream(seed: 3)
    let hard = (0..<40).map { _ in [stream.uniform() * 10, stream.uniform() * 10] }
    let better = hard.map { $0.map { $0 + 0.1 } }
    let difference = try #require(bootstrap.pairedDifference(of: better, minus: hard))
    #expect(abs(difference.lower - 0.1) < 1e-12 && abs(difference.upper - 0.1) < 1e-12)
    #expect(!difference.contains(0))
  }

  @Test func runsAreDrawnWithinTheirTask() throws {
    let table = try #require(ScoreTable([[0, 10], [1, 11], [2, 12]]))
    var stream = RandomStream(seed: 1)
    for _ in 0..<20 {
      let resampled = table.resampledRuns(using: &stream)
      #expect(resampled.runCount == 3 && resampled.taskCount == 2)
      #expect(resampled.scores.allSatisfy { (0...2).contains($0[0]) && (10...12).contains($0[1]) })
    }
    let interval = bootstrap.interval(of: table, statistic: \.mean)
    #expect(interval.estimate == 6 && interval.lower >= 5 && interval.upper <= 7 && interval.lower < interval.upper)
  }

  @Test func improvementAndProfileCarryIntervals() throws {
    let low = try #require(ScoreTable([[0, 1], [0.2, 1.1], [0.1, 0.7]]))
    let high = try #require(ScoreTable([[5, 6], [5.5, 6.5]]))
    let certain = bootstrap.interval(of: high, and: low) { $0.probabilityOfImprovement(over: $1) }
    #expect(certain.estimate == 1 && certain.lower == 1 && certain.upper == 1)
    let profile = bootstrap.performanceProfile(of: low, at: [-1, 0.5, 2])
    #expect(profile.map(\.estimate) == [1, 0.5, 0])
    #expect(profile[1].lower == 0.5 && profile[1].upper == 0.5)
  }
}
