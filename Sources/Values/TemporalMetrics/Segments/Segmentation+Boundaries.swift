import Timelines

extension Segmentation {
  /// Decimals of a second to which boundaries are rounded before equal ones are joined.
  private static let boundaryResolution = 1e5

  /// All starts and ends, rounded to 10 µs (halves to even), ascending, each once.
  ///
  /// A gap between segments adds a boundary.
  ///
  /// `trimmed` leaves out the first and the last, which mark the track and not the music.
  public func boundaries(trimmed: Bool = false) -> [Double] {
    let ends = intervals.flatMap { [$0.start, $0.end] }
      .map { ($0 * Self.boundaryResolution).rounded(.toNearestOrEven) / Self.boundaryResolution }
      .sorted()
    var unique: [Double] = []
    for time in ends where unique.last != time { unique.append(time) }
    return trimmed ? Array(unique.dropFirst().dropLast()) : unique
  }
}
