import RealModule

/// eˣ of many numbers at once, to within 1 unit in the last place.
///
/// With n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ½ ln 2, eˣ = 2ⁿ · eʳ, and eʳ is its Taylor polynomial of degree 13, whose
/// remainder is below 5·10⁻¹⁸ there. ln 2 is subtracted in two parts (Cody and Waite 1980, *Software Manual for the Elementary
/// Functions*, ch. 6), so that n·ln 2 is exact to the last bit that counts. Free of branches and calls: the compiler turns it
/// into vector instructions.
package enum Exponential {
  /// Within ±708, 2ⁿ is a normal number; outside, the library's function decides.
  private static let limit = 708.0

  package static func fill(_ results: UnsafeMutableBufferPointer<Double>, of exponents: UnsafeBufferPointer<Double>) {
    precondition(results.count == exponents.count, "one result an exponent")
    let count = exponents.count
    for index in 0..<count { results[index] = value(exponents[index]) }
    var outside = 0
    // True for NaN too.
    for index in 0..<count { outside &+= exponents[index].magnitude <= limit ? 0 : 1 }
    guard outside > 0 else { return }
    for index in 0..<count where !(exponents[index].magnitude <= limit) { results[index] = Double.exp(exponents[index]) }
  }

  @inline(__always)
  private static func value(_ x: Double) -> Double {
    // Adding 1.5 · 2⁵² rounds to a whole number and leaves it in the low bits.
    let shifter = 0x1.8p52
    let shifted = x * 0x1.71547652b82fep0 + shifter
    let n = shifted - shifter
    let r = (x - n * 0x1.62e42fefa3800p-1) - n * 0x1.ef35793c76730p-45
    let r2 = r * r
    let r4 = r2 * r2
    // Estrin's scheme: short chains of dependent operations. The largest parts are added last.
    let low = (0.5 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120))
    let middle = (1.0 / 720 + r * (1.0 / 5_040)) + r2 * (1.0 / 40_320 + r * (1.0 / 362_880))
    let high = (1.0 / 3_628_800 + r * (1.0 / 39_916_800)) + r2 * (1.0 / 479_001_600 + r * (1.0 / 6_227_020_800))
    let p = (low + r4 * (middle + r4 * high)) * r2 + r + 1
    return p * Double(bitPattern: (shifted.bitPattern &+ 1023) &<< 52)
  }
}
