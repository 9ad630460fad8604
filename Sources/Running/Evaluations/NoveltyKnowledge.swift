import MusTBench
import Music
import Numbers
import Timelines

/// What two curves of the sound show, whatever plays: a classical baseline.
///
/// - The spectral flux at time t is the sum over mel bands of how much the mean of the second after t exceeds that of the second
///   before, each band on its own: rising parts are entries, falling parts exits. Only the log-mel features are used.
/// - Every source enters at the largest rise and leaves at the largest fall: the curves do not tell sources apart.
/// - Near a time a rise speaks for every entry, a fall for every exit; the change of loudness, the mean over all bands, for a rise or a
///   fall of intensity.
/// - Intensity is the mean loudness between peaks of the flux that exceed its mean by a standard deviation; one stretch is the extreme.
struct NoveltyKnowledge: TrackKnowledge {
  private let rising: Curve
  private let falling: Curve
  private let loudness: Curve

  /// Seconds averaged on each side of a time.
  private static let side = 1.0
  private static let reach = 1.5
  /// Numbers a second of the curves.
  private static let rate = 10.0

  init(_ spectrogram: LogMelSpectrogram) {
    let (bands, step) = (spectrogram.bands, LogMel.framesPerSecond / Int(saturating: Self.rate))
    // Sums over frames before each frame, so that a mean over any stretch is one difference.
    var sums = [Double](repeating: 0, count: (spectrogram.frames + 1) * bands)
    for frame in 0..<spectrogram.frames {
      for band in 0..<bands {
        sums[(frame + 1) * bands + band] = sums[frame * bands + band] + Double(spectrogram.values[frame * bands + band])
      }
    }
    func mean(_ band: Int, _ frames: Range<Int>) -> Double {
      (sums[frames.upperBound * bands + band] - sums[frames.lowerBound * bands + band]) / Double(max(1, frames.count))
    }
    let side = Int(saturating: Self.side * Double(LogMel.framesPerSecond))
    var (rising, falling, loudness) = ([Float](), [Float](), [Float]())
    for frame in stride(from: 0, to: spectrogram.frames, by: step) {
      let before = max(0, frame - side)..<frame
      let after = frame..<min(spectrogram.frames, frame + side)
      // Too near an end there is nothing to compare.
      let isInside = before.count == side && after.count == side
      var (up, down, level) = (0.0, 0.0, 0.0)
      for band in 0..<bands {
        let (early, late) = (mean(band, before), mean(band, after))
        level += late / Double(bands)
        guard isInside else { continue }
        up += max(0, late - early)
        down += max(0, early - late)
      }
      rising.append(Float(up))
      falling.append(Float(down))
      loudness.append(Float(level))
    }
    self.rising = Curve(values: rising, rate: Self.rate)
    self.falling = Curve(values: falling, rate: Self.rate)
    self.loudness = Curve(values: loudness, rate: Self.rate)
  }

  func entry(of source: String) -> Double? { rising.peakTime }

  func exit(of source: String) -> Double? { falling.peakTime }

  func evidence(of event: Transition.Event, near time: Double) -> Double {
    switch event.change {
    case .enter: Double(rising.largest(near: time, reach: Self.reach)?.value ?? 0)
    case .leave: Double(falling.largest(near: time, reach: Self.reach)?.value ?? 0)
    // A step of every band counts as much as the flux of all of them.
    case .rise: max(0, loudnessStep(at: time))
    case .fall: max(0, -loudnessStep(at: time))
    }
  }

  func time(of event: Transition.Event) -> Double? {
    switch event.change {
    case .enter, .rise: rising.peakTime
    case .leave, .fall: falling.peakTime
    }
  }

  func events(near time: Double) -> [Transition.Event] {
    [.init(change: loudnessStep(at: time) > 0 ? .rise : .fall, source: Transition.intensity)]
  }

  func extreme(highest: Bool) -> [Interval] {
    let flux = Curve(values: zip(rising.values, falling.values).map { $0 + $1 }, rate: Self.rate)
    let mean = flux.values.reduce(0, +) / Float(max(1, flux.values.count))
    let variance = flux.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(max(1, flux.values.count))
    let boundaries = flux.peaks(above: mean + variance.squareRoot(), reach: 2 * Self.reach)
    return loudness.extreme(
      highest: highest, of: Curve.stretches(between: boundaries, duration: loudness.duration), tolerance: 0)
  }

  private func loudnessStep(at time: Double) -> Double {
    let width = 2 * Self.side
    let after = loudness.mean(in: Interval(time, time + width))
    let before = loudness.mean(in: Interval(max(0, time - width - Self.side), max(0, time - Self.side)))
    return Double(LogMel.bands) * Double(after - before)
  }
}
