import Testing

@testable import RunReports

struct NumbersTests {
  @Test func decimalsAreRoundedAndKeepTheirZeros() {
    #expect(decimal(0.5, places: 3) == "0.500")
    #expect(decimal(-1.25, places: 1) == "−1.2")
    #expect(decimal(0.9996, places: 3) == "1.000")
    #expect(decimal(12, places: 0) == "12")
    #expect(decimal(-0.0001, places: 2) == "0.00")
    #expect(decimal(.nan, places: 2) == "–")
    #expect(signed(0.0001, places: 2) == "0.00")
    #expect(signed(0.25, places: 2) == "+0.25")
  }

  @Test func timesAreMinutesAndSeconds() {
    #expect(clock(65) == "1:05")
    #expect(clock(59.96, places: 1) == "1:00.0")
    #expect(clock(9.94, places: 1) == "0:09.9")
    #expect(clock(-3) == "−0:03")
    #expect(clock(3600) == "60:00")
    #expect(clock(.infinity) == "–")
  }

  @Test func axesHaveRoundTicksThatShowEverything() {
    let axis = Axis(showing: [0.31, 0.67], from: 0, to: 100)
    #expect(axis.domain.lowerBound <= 0.31 && axis.domain.upperBound >= 0.67)
    #expect(axis.ticks.map { decimal($0, places: axis.places) } == ["0.3", "0.4", "0.5", "0.6", "0.7"])
    #expect(axis.position(axis.domain.lowerBound) == 0 && axis.position(axis.domain.upperBound) == 100)
    #expect(axis.position(-9) == 0 && axis.position(9) == 100)
    #expect(Axis(showing: [], from: 0, to: 1).ticks.count > 1)
    #expect(Axis(showing: [3, 3, .nan], from: 0, to: 1).domain.contains(3))
    #expect(Axis(duration: 128, from: 0, to: 1).ticks == [0, 30, 60, 90, 120])
    #expect(Axis(duration: 0, from: 0, to: 1).ticks == [0, 1])
    // Rates end at 1, whatever the rounding and however alike they are.
    for rates in [[0.1, 1], [0.55, 0.97], [1, 1], [0, 0], [0.3, 0.3], [0, 1]] {
      let axis = Axis(showing: rates, from: 0, to: 1, tickCount: 4)
      #expect(axis.domain.lowerBound >= 0 && axis.domain.upperBound <= 1 && axis.ticks.allSatisfy { $0 <= 1 }, "\(rates)")
      #expect(rates.allSatisfy { axis.domain.contains($0) } && axis.ticks.count > 1)
    }
    #expect(Axis(showing: [0.2, 1.1], from: 0, to: 1).domain.upperBound > 1)
    #expect(Axis.roundStep(0.11) == 0.2 && Axis.roundStep(5) == 5 && Axis.roundStep(7) == 10)
  }

  /// Equal numbers beyond 10¹⁶, whose neighbours half a unit away are themselves.
  @Test(arguments: [1e17, -1e18, 1e200, 1e305, -.infinity]) func hugeNumbersHaveAnAxis(number: Double) {
    let axis = Axis(showing: [number, number], from: 0, to: 100)
    #expect((2...20).contains(axis.ticks.count) && axis.ticks.allSatisfy(\.isFinite))
    #expect(abs(number) > 1e300 || axis.domain.contains(number))
    #expect((0...100).contains(axis.position(number)))
  }

  private static let extremes: [[Double]] = [
    [1e17, 1e17], [-1e300, 1e300], [1e308, -1e308], [1e16, 1e16 + 2], [.leastNonzeroMagnitude, 0], [-.infinity, 1e200],
  ]

  @Test(arguments: extremes) func axesOfAnyNumbersEnd(numbers: [Double]) {
    let axis = Axis(showing: numbers, from: 0, to: 100)
    #expect(axis.ticks.count > 1 && axis.ticks.count < 20 && axis.ticks.allSatisfy(\.isFinite))
    #expect(numbers.allSatisfy { axis.position($0).isFinite })
    for step: Double in [0, -.infinity, .infinity, .nan, .leastNonzeroMagnitude] { #expect(Axis.roundStep(step) == 1) }
  }
}
