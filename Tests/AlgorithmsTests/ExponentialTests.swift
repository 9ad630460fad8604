import Algorithms
import RealModule
import Testing

struct ExponentialTests {
  private func exponentials(_ exponents: [Double]) -> [Double] {
    var results = [Double](repeating: 0, count: exponents.count)
    exponents.withUnsafeBufferPointer { exponents in
      results.withUnsafeMutableBufferPointer { results in Exponential.fill(results, of: exponents) }
    }
    return results
  }

  /// The library's own exponential is right to a fraction above half a unit in the last place.
  @Test func withinOneUnitInTheLastPlace() {
    var waves = Waves()
    var exponents: [Double] = []
    for scale in [1e-12, 1e-3, 0.3, 1, 5, 20, 100, 700] { exponents += (0..<5000).map { _ in scale * waves.next() } }
    for (exponent, result) in zip(exponents, exponentials(exponents)) {
      let exact = Double.exp(exponent)
      if (result - exact).magnitude > exact.ulp { Issue.record("e^\(exponent): \(result) against \(exact)") }
    }
  }

  @Test func specialValues() {
    let exponents: [Double] = [0, -0.0, .infinity, -.infinity, 709.9, -745.2, -710, 708.5]
    #expect(exponentials(exponents) == [1, 1, .infinity, 0, .infinity, 0, Double.exp(-710), Double.exp(708.5)])
    #expect(exponentials([.nan, 0])[0].isNaN)
    #expect(exponentials([.nan, 0])[1] == 1)
    #expect(exponentials([]).isEmpty)
  }
}
