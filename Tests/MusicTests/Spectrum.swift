import RealModule

/// Sums in `Double`, straight from the definitions: what the fast code is compared with.
enum Spectrum {
  /// |Σ_n x[n]·e^(−2πi·f·n)|² for a frequency in cycles a sample.
  static func power(of samples: some Collection<Float>, at frequency: Double) -> Double {
    var re = 0.0
    var im = 0.0
    for (n, x) in samples.enumerated() {
      let angle = 2 * Double.pi * frequency * Double(n)
      re += Double(x) * Double.cos(angle)
      im -= Double(x) * Double.sin(angle)
    }
    return re * re + im * im
  }

  static func rootMeanSquare(_ samples: some Collection<Float>) -> Double {
    (samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(samples.count, 1))).squareRoot()
  }

  static func sine(_ hertz: Double, rate: Double, count: Int, amplitude: Double = 0.5) -> [Float] {
    (0..<count).map { Float(amplitude * Double.sin(2 * Double.pi * hertz * Double($0) / rate)) }
  }

  static func decibels(_ ratio: Double) -> Double { 20 * Double.log10(ratio) }
}
