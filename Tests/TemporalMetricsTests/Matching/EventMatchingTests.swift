import Randomness
import TemporalMetrics
import Testing

struct EventMatchingTests {
  /// Random events on a coarse grid, so that ties, duplicates and exact window boundaries abound.
  private func events(_ stream: inout RandomStream, grid: Double) -> EventTimes {
    let count = stream.integer(in: 0...12)
    return EventTimes(sorting: (0..<count).map { _ in Double(stream.integer(in: 0...20)) * grid })
  }

  @Test func pairsFromTheLeftAreAMaximumMatching() {
    for trial in 0..<4000 {
      var stream = RandomStream(seed: 17).derived(trial)
      let grid = ([0.05, 0.1, 1.0 / 3.0, 1.0] as [Double])[trial % 4]
      let (reference, estimated) = (events(&stream, grid: grid), events(&stream, grid: grid))
      let window = Double(stream.integer(in: 0...3)) * grid
      let (references, estimates) = (reference.times, estimated.times)
      let matching = BipartiteMatching(leftCount: references.count, rightCount: estimates.count) { left, right in
        let low = estimates[right] - window
        let high = estimates[right] + window
        return low <= references[left] && references[left] <= high
      }
      #expect(EventMatching.size(reference: reference, estimated: estimated, window: window) == matching.size)
    }
  }

  @Test func theWindowIsTestedAroundTheEstimate() throws {
    let (reference, estimated) = (try EventTimes([1.05]), try EventTimes([1]))
    #expect(1.05 - 1 > 0.05)
    #expect(EventMatching.size(reference: reference, estimated: estimated, window: 0.05) == 1)
  }

  @Test func noEventCountsTwice() throws {
    let (one, three) = (try EventTimes([1]), try EventTimes([1, 1, 1]))
    #expect(EventMatching.size(reference: one, estimated: three, window: 0.5) == 1)
    #expect(EventMatching.size(reference: three, estimated: three, window: 0) == 3)
    #expect(EventMatching.size(reference: one, estimated: .none, window: 1) == 0)
  }
}
