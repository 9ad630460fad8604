import RealModule
import SeedStatistics

extension BeatMetrics {
  /// How far the histogram of timing errors is from uniform: (log₂ bins − H)/log₂ bins, H the larger of the entropies of the
  /// errors of estimates against the reference and of the reference against the estimates.
  ///
  /// An error is ½·d/interval, wrapped into (−½, ½], interval half the distance between the nearest beat and the next one on
  /// the side of the estimate. Before the first beat, mir_eval takes the distance to the *last* beat, with its sign; so does
  /// this. 0 where either list has fewer than two beats, and where no error can be measured because all beats of a list are one
  /// instant (mir_eval has NaN there); 1 where all errors fall into one bin.
  ///
  /// Davies, Degara and Plumbley 2011, *Measuring the Performance of Beat Tracking Algorithms Using a Beat Error Histogram*.
  public static func informationGain(reference: EventTimes, estimated: EventTimes, bins: Int = 41) -> Double {
    precondition(bins > 1, "a histogram has more than one bin")
    guard reference.count > 1, estimated.count > 1 else { return 0 }
    let highest = Double.log2(Double(bins))
    guard let forward = errorEntropy(of: estimated.times, against: reference.times, bins: bins),
      let backward = errorEntropy(of: reference.times, against: estimated.times, bins: bins)
    else { return 0 }
    return (highest - max(forward, backward)) / highest
  }

  /// `nil` where not one error is a number.
  private static func errorEntropy(of times: [Double], against beats: [Double], bins: Int) -> Double? {
    let edges = (0...bins).map { $0 == bins ? 0.5 : Double($0) * (1 / Double(bins)) - 0.5 }
    var counts = Array(repeating: 0, count: bins)
    for time in times {
      let error = wrapped(relativeError(of: time, against: beats))
      guard error >= -0.5, error <= 0.5 else { continue }
      counts[min(edges.partitioningIndex { $0 > error } - 1, bins - 1)] += 1
    }
    let total = Double(counts.reduce(0, +))
    guard total > 0 else { return nil }
    return counts.reduce(0.0) { entropy, count in
      guard count > 0 else { return entropy }
      let share = Double(count) / total
      return entropy - share * Double.log2(share)
    }
  }

  private static func relativeError(of time: Double, against beats: [Double]) -> Double {
    let nearest = nearest(to: time, in: beats)
    let last = beats.count - 1
    let error = time - beats[nearest]
    let interval: Double
    if nearest == last {
      interval = beats[last] - beats[last - 1]
    } else if error < 0 {
      interval = beats[nearest] - beats[nearest == 0 ? last : nearest - 1]
    } else {
      interval = beats[nearest + 1] - beats[nearest]
    }
    return 0.5 * error / (0.5 * interval)
  }

  /// The same error less whole beats, in (−½, ½].
  private static func wrapped(_ error: Double) -> Double {
    let shifted = error + 0.5
    let remainder = shifted.truncatingRemainder(dividingBy: 1)
    return (remainder > 0 ? remainder - 1 : remainder) + 0.5
  }
}
