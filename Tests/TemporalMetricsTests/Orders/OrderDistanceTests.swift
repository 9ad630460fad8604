import TemporalMetrics
import Testing

struct OrderDistanceTests {
  private static func permutations(_ items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index -> [[Int]] in
      var rest = items
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }

  @Test func distancesOfAllOrdersObeyTheirInequalities() throws {
    let reference = [0, 1, 2, 3, 4]
    var worst = (footrule: 0, kendall: 0, cayley: 0, ulam: 0)
    for predicted in Self.permutations(reference) {
      let distance = try #require(OrderDistance(predicted: predicted, reference: reference))
      // Diaconis and Graham 1977: I + T ≤ D ≤ 2I.
      #expect(distance.kendall + distance.cayley <= distance.footrule && distance.footrule <= 2 * distance.kendall)
      #expect(distance.isExact == (distance.footrule == 0))
      worst.footrule = max(worst.footrule, distance.footrule)
      worst.kendall = max(worst.kendall, distance.kendall)
      worst.cayley = max(worst.cayley, distance.cayley)
      worst.ulam = max(worst.ulam, distance.ulam)
    }
    #expect(worst == (12, 10, 4, 4))
  }

  @Test func aGuessEarnsHalfThePairsAndAThirdOfTheFootrule() throws {
    let distances = try Self.permutations([0, 1, 2]).map { try #require(OrderDistance(predicted: $0, reference: [0, 1, 2])) }
    #expect(abs(distances.reduce(0) { $0 + $1.pairwiseAccuracy } / 6 - 0.5) < 1e-15)
    #expect(abs(distances.reduce(0) { $0 + $1.footruleSimilarity } / 6 - 1.0 / 3) < 1e-15)
    #expect(distances.count { $0.isExact } == 1)
  }

  @Test func otherItemsAreNoOrder() {
    #expect(OrderDistance(predicted: ["A", "B"], reference: ["A", "C"]) == nil)
    #expect(OrderDistance(predicted: ["A", "A"], reference: ["A", "B"]) == nil)
    #expect(OrderDistance(predicted: ["A"], reference: ["A", "B"]) == nil)
    #expect(OrderDistance(predicted: ["A", "B", "A"], reference: ["A", "B"]) == nil)
    #expect(OrderDistance(predicted: ["A", "B"], reference: ["A", "A"]) == nil)
  }
}
