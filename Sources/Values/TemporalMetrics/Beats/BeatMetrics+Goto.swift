extension BeatMetrics {
  /// Whether one long stretch of the beats is tapped correctly: 1 or 0.
  ///
  /// The error of a beat is the offset of the only estimate nearer to it than to its neighbours, over half the interval to that
  /// side; 1 where there is none or more than one, and at the first and last beat. A beat is wrong above `threshold`. With
  /// fewer than three wrong beats the stretch runs from behind the first wrong one to two before the last; otherwise it is the
  /// first longest one between wrong beats, both included, and must exceed a quarter of the beats between the first and the
  /// last. It passes where its mean absolute error is below `meanLimit` and its sample deviation below `deviationLimit`.
  ///
  /// Goto and Muraoka 1997, *Issues in Evaluating Beat Tracking Systems*.
  public static func goto(
    reference: EventTimes, estimated: EventTimes, threshold: Double = 0.35, meanLimit: Double = 0.2,
    deviationLimit: Double = 0.2
  ) -> Double {
    guard !reference.isEmpty, !estimated.isEmpty else { return 0 }
    let errors = gotoErrors(reference: reference.times, estimated: estimated.times)
    let wrong = errors.indices.filter { abs(errors[$0]) > threshold }
    guard let first = wrong.first, let last = wrong.last else { return 0 }
    let stretch: ArraySlice<Double>
    if wrong.count < 3 {
      stretch = first + 1 < last - 1 ? errors[(first + 1)..<(last - 1)] : []
    } else {
      let gaps = zip(wrong.dropFirst(), wrong).map { $0 - $1 }
      let longest = gaps.reduce(0, max)
      let isLong = Double(longest - 1) > 0.25 * Double(reference.count - 2)
      guard isLong, let start = gaps.firstIndex(of: longest) else { return 0 }
      stretch = errors[wrong[start]...wrong[start + 1]]
    }
    return isSteady(stretch, meanLimit: meanLimit, deviationLimit: deviationLimit) ? 1 : 0
  }

  private static func gotoErrors(reference: [Double], estimated: [Double]) -> [Double] {
    var errors = Array(repeating: 1.0, count: reference.count)
    guard reference.count > 2 else { return errors }
    for index in 1..<(reference.count - 1) {
      let beat = reference[index]
      let before = 0.5 * (beat - reference[index - 1])
      let after = 0.5 * (reference[index + 1] - beat)
      let near = estimated.filter { $0 >= beat - before && $0 < beat + after }
      guard near.count == 1 else { continue }
      let offset = near[0] - beat
      errors[index] = offset < 0 ? offset / before : offset / after
    }
    return errors
  }

  private static func isSteady(_ errors: ArraySlice<Double>, meanLimit: Double, deviationLimit: Double) -> Bool {
    guard errors.count > 1 else { return false }
    let count = Double(errors.count)
    let mean = errors.reduce(0, +) / count
    let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return errors.reduce(0) { $0 + abs($1) } / count < meanLimit && variance.squareRoot() < deviationLimit
  }
}
