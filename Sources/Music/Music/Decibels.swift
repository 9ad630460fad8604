import RealModule

enum Decibels {
  /// 10^(dB/20).
  static func amplitude(_ decibels: Double) -> Double {
    .exp(decibels * .log(10) / 20)
  }

  /// 20·log₁₀ of an amplitude; −∞ at 0.
  static func level(_ amplitude: Double) -> Double {
    20 * .log10(amplitude)
  }
}
