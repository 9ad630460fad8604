import RealModule

extension BeatMetrics {
  /// Cemgil's accuracy, for the beats as annotated and for the best of their variations.
  public struct CemgilAccuracy: Sendable, Hashable {
    public var score: Double
    /// The highest over the beats, the off-beats, double tempo, and both half tempi.
    public var best: Double
  }

  /// Σ over reference beats of exp(−d²/2σ²), d the distance in seconds to the nearest estimate, over the mean number of beats.
  ///
  /// `sigma` in seconds. Cemgil, Kappen, Desain and Honing 2000, *On Tempo Tracking: Tempogram Representation and Kalman
  /// Filtering*.
  public static func cemgil(reference: EventTimes, estimated: EventTimes, sigma: Double = 0.04) -> CemgilAccuracy {
    guard !reference.isEmpty, !estimated.isEmpty else { return CemgilAccuracy(score: 0, best: 0) }
    let accuracies = variations(of: reference.times).map { beats in
      let total = beats.reduce(0.0) { sum, beat in
        let error = estimated.times[nearest(to: beat, in: estimated.times)] - beat
        return sum + Double.exp(-error * error / (2 * sigma * sigma))
      }
      return total / (0.5 * Double(estimated.count + beats.count))
    }
    return CemgilAccuracy(score: accuracies[0], best: accuracies.reduce(0, max))
  }
}
