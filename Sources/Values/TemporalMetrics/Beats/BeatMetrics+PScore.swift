import Numbers
import SeedStatistics

extension BeatMetrics {
  private static let binsPerSecond = 100.0

  /// McKinney's P-score: pairs of reference and estimate that lie within a window, over the larger number of beats.
  ///
  /// Times count from the earliest beat of either list, rounded up to bins of 10 ms; beats of one list in one bin are one. The
  /// window is `threshold` times the median interval of the reference bins, rounded to whole bins (halves to even). One
  /// estimate may make several pairs. 0 where either list has fewer than two beats, or the reference fills only one bin.
  ///
  /// McKinney, Moelants, Davies and Klapuri 2007, *Evaluation of Audio Beat Tracking and Music Tempo Extraction Algorithms*.
  public static func pScore(reference: EventTimes, estimated: EventTimes, threshold: Double = 0.2) -> Double {
    guard reference.count > 1, estimated.count > 1 else { return 0 }
    let origin = min(reference.times[0], estimated.times[0])
    let referenceBins = bins(of: reference.times, from: origin)
    let estimatedBins = bins(of: estimated.times, from: origin)
    let gaps = zip(referenceBins.dropFirst(), referenceBins).map { Double($0 - $1) }
    guard let gap = Quantile.median(gaps) else { return 0 }
    let window = Int(saturating: (threshold * gap).rounded(.toNearestOrEven))
    var pairs = 0
    for bin in referenceBins {
      let low = estimatedBins.partitioningIndex { $0 >= bin - window }
      let high = estimatedBins.partitioningIndex { $0 > bin + window }
      pairs += high - low
    }
    return Double(pairs) / Double(max(reference.count, estimated.count))
  }

  private static func bins(of times: [Double], from origin: Double) -> [Int] {
    var bins: [Int] = []
    for time in times {
      let bin = Int(saturating: ((time - origin) * binsPerSecond).rounded(.up))
      if bins.last != bin { bins.append(bin) }
    }
    return bins
  }
}
