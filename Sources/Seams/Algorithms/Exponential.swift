internal import CObjectiveKernels
import RealModule

/// eˣ of many numbers at once, to within 1 unit in the last place.
///
/// With n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ½ ln 2, eˣ = 2ⁿ · eʳ, and eʳ is its Taylor polynomial of degree 13, whose
/// remainder is below 5·10⁻¹⁸ there. ln 2 is subtracted in two parts (Cody and Waite 1980, *Software Manual for the Elementary
/// Functions*, ch. 6), so that n·ln 2 is exact to the last bit that counts. Free of branches and calls:
/// vector instructions compute it.
package enum Exponential {
  /// Within ±708, 2ⁿ is a normal number; outside, the library's function decides.
  private static let limit = 708.0

  package static func fill(_ results: UnsafeMutableBufferPointer<Double>, of exponents: UnsafeBufferPointer<Double>) {
    precondition(results.count == exponents.count, "one result an exponent")
    guard let from = exponents.baseAddress, let to = results.baseAddress else { return }
    let count = exponents.count
    let outside = takt_exponentials(from, to, count)
    guard outside > 0 else { return }
    for index in 0..<count where !(exponents[index].magnitude <= limit) { results[index] = Double.exp(exponents[index]) }
  }
}
