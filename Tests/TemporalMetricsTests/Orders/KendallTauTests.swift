import Randomness
import TemporalMetrics
import Testing

struct KendallTauTests {
  @Test func reversalNegatesAndSwappingKeeps() throws {
    for trial in 0..<200 {
      var stream = RandomStream(seed: 41).derived(trial)
      let x = (0..<8).map { _ in Double(stream.integer(in: 0...5)) }
      let y = (0..<8).map { _ in Double(stream.integer(in: 0...5)) }
      let tau = KendallTau(x, y)
      guard let b = tau.b else { continue }
      #expect(try abs(#require(KendallTau(x, y.map { -$0 }).b) + b) < 1e-15)
      #expect(KendallTau(y, x).b == b)
      #expect(tau.concordant + tau.discordant <= 28 && abs(b) <= 1)
    }
  }

  @Test func withoutTiesTheThreeFormsAgree() throws {
    let tau = KendallTau([1, 2, 3, 4], [1, 3, 2, 4])
    #expect(tau.concordant == 5 && tau.discordant == 1 && tau.levels == 4)
    let expected = 2.0 / 3
    for value in [tau.a, tau.b, tau.c] { #expect(try abs(#require(value) - expected) < 1e-15) }
  }

  @Test func constantsHaveNoCorrelation() {
    let tau = KendallTau([1, 1, 1], [1, 2, 3])
    #expect(tau.a == 0 && tau.b == nil && tau.c == nil)
    #expect(KendallTau([], []).a == nil)
    #expect(SpearmanCorrelation.coefficient([1, 1, 1], [1, 2, 3]) == nil)
  }
}
