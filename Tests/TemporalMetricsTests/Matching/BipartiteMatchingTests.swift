import Randomness
import TemporalMetrics
import Testing

struct BipartiteMatchingTests {
  /// The size of the best matching by trying everything.
  private func bruteForce(_ neighbors: ArraySlice<[Int]>, used: Set<Int> = []) -> Int {
    guard let first = neighbors.first else { return 0 }
    let rest = neighbors.dropFirst()
    let without = bruteForce(rest, used: used)
    return first.filter { !used.contains($0) }.map { 1 + bruteForce(rest, used: used.union([$0])) }.reduce(without, max)
  }

  @Test func findsAsManyPairsAsTryingEverything() {
    for trial in 0..<300 {
      var stream = RandomStream(seed: 23).derived(trial)
      let density = stream.uniform()
      let neighbors = (0..<6).map { _ in (0..<5).filter { _ in stream.chance(density) } }
      let matching = BipartiteMatching(neighbors: neighbors, rightCount: 5)
      #expect(matching.size == bruteForce(neighbors[...]))
      #expect(Set(matching.pairs.map(\.right)).count == matching.size)
      #expect(matching.pairs.allSatisfy { neighbors[$0.left].contains($0.right) })
    }
  }

  @Test func augmentsAlongALongPath() {
    // Every left node but the last prefers what the next one needs.
    let neighbors = (0..<200).map { $0 < 199 ? [$0 + 1, $0] : [199] }
    #expect(BipartiteMatching(neighbors: neighbors, rightCount: 200).size == 200)
  }
}
