extension BeatMetrics {
  /// How much of the beats is tapped correctly, at the annotated metrical level and at any level.
  public struct Continuity: Sendable, Hashable {
    /// CMLc: the longest correct stretch at the annotated level, as a share of the beats.
    public var correctLevelContinuous: Double
    /// CMLt: all correct beats at the annotated level.
    public var correctLevelTotal: Double
    /// AMLc: the longest correct stretch at the best level.
    public var anyLevelContinuous: Double
    /// AMLt: all correct beats at the best level.
    public var anyLevelTotal: Double
  }

  /// Correct beats, continuous and in total.
  ///
  /// An estimate is correct where its nearest reference beat (the first on a tie) is not taken yet, lies nearer than
  /// `phaseThreshold` of the reference interval, and the estimated interval differs from it by less than `periodThreshold` of
  /// it. Intervals look back to the previous beat, but forward at the first estimate and at the first reference beat. Shares
  /// are of the longer list. 0 where either list has fewer than two beats.
  ///
  /// Hainsworth 2004, *Techniques for the Automated Analysis of Musical Audio*; Klapuri, Eronen and Astola 2006, *Analysis of
  /// the Meter of Acoustic Musical Signals*.
  public static func continuity(
    reference: EventTimes, estimated: EventTimes, phaseThreshold: Double = 0.175, periodThreshold: Double = 0.175
  ) -> Continuity {
    guard reference.count > 1, estimated.count > 1 else {
      return Continuity(correctLevelContinuous: 0, correctLevelTotal: 0, anyLevelContinuous: 0, anyLevelTotal: 0)
    }
    let shares = variations(of: reference.times).map { beats in
      let successes = correctBeats(
        reference: beats, estimated: estimated.times, phaseThreshold: phaseThreshold, periodThreshold: periodThreshold)
      let count = Double(max(beats.count, estimated.count))
      return (continuous: Double(longestRun(of: successes)) / count, total: Double(successes.count { $0 }) / count)
    }
    return Continuity(
      correctLevelContinuous: shares[0].continuous, correctLevelTotal: shares[0].total,
      anyLevelContinuous: shares.map(\.continuous).reduce(0, max), anyLevelTotal: shares.map(\.total).reduce(0, max))
  }

  private static func correctBeats(
    reference: [Double], estimated: [Double], phaseThreshold: Double, periodThreshold: Double
  ) -> [Bool] {
    var isTaken = Array(repeating: false, count: reference.count)
    return estimated.indices.map { index in
      let beat = nearest(to: estimated[index], in: reference)
      guard !isTaken[beat] else { return false }
      let error = abs(estimated[index] - reference[beat])
      let looksForward = index == 0 || beat == 0
      let interval = looksForward ? intervalAhead(of: beat, in: reference) : reference[beat] - reference[beat - 1]
      let tapped = looksForward ? intervalAhead(of: index, in: estimated) : estimated[index] - estimated[index - 1]
      let isCorrect =
        interval == 0
        // Beats at one time: a phase is 1 or infinite, so none is correct below a threshold of 1.
        ? error == 0 && 1 < phaseThreshold && tapped == 0 && 0 < periodThreshold
        : abs(error / interval) < phaseThreshold && abs(1 - tapped / interval) < periodThreshold
      isTaken[beat] = isCorrect
      return isCorrect
    }
  }

  /// The interval to the next beat, or from the previous one at the last beat; 0 for a beat on its own.
  private static func intervalAhead(of index: Int, in times: [Double]) -> Double {
    if index + 1 < times.count { return times[index + 1] - times[index] }
    return index > 0 ? times[index] - times[index - 1] : 0
  }

  private static func longestRun(of successes: [Bool]) -> Int {
    var longest = 0
    var run = 0
    for success in successes {
      run = success ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
