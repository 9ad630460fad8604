import Randomness
import RealModule
import Timelines

extension RandomStream {
  /// A number from the normal distribution of mean 0 and deviation 1, by Box and Muller's transform.
  mutating func gaussian() -> Double {
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    return radius * .cos(2 * .pi * uniform())
  }
}

extension Interval {
  /// This interval with Gaussian noise of `deviation` seconds at each end, inside the track; ends that cross change places.
  func jittered(by deviation: Double, duration: Double, stream: inout RandomStream) -> Interval {
    let first = min(max(0, start + deviation * stream.gaussian()), duration)
    let second = min(max(0, end + deviation * stream.gaussian()), duration)
    return Interval(min(first, second), max(first, second))
  }
}
