import RealModule

/// The published reward for naming one instant: decay with distance, less a penalty for leaving the track.
///
///     score = exp(−|t̂ − t*| / scale) + outOfTrack·1[t̂ outside 0…T]        unreadable where nothing can be read
///
/// An unreadable answer has no distance term; an instant outside the track keeps its own, so it can stay positive
/// (t* = 179, t̂ = 181, T = 180 scores +0.375). T itself is inside. Range with the published constants: −1…1.
///
/// arXiv 2605.29300; its code is not public, so the two cases above are this library's reading.
public struct MusTPointScore: Sendable, Hashable {
  /// Seconds over which the score falls to 1/e.
  public var scale = 15.0
  /// Added where the instant lies outside the track.
  public var outOfTrack = -0.5
  /// The score where there is no instant.
  public var unreadable = -1.0

  public init() {}

  /// The score of an answer in seconds, `nil` where it cannot be read.
  ///
  /// Traps where the scale is not positive.
  public func score(_ predicted: Double?, reference: Double, duration: Double) -> Double {
    precondition(scale > 0, "a decay has a scale")
    guard let predicted, predicted.isFinite else { return unreadable }
    let isOutside = predicted < 0 || predicted > duration
    return Double.exp(-abs(predicted - reference) / scale) + (isOutside ? outOfTrack : 0)
  }
}
