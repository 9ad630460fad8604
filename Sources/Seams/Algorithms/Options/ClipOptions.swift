import Options

/// The bounds of ``ClippedSurrogate``; what is not given is the profile's choice.
public struct ClipOptions: Sendable, Hashable {
  var low: Double?
  var high: Double?
  var dual: Double?
  var ceiling: Double?
  var logRatioLimit: Double?

  /// Bounds of which those named here are given.
  ///
  /// - Parameters:
  ///   - low: ε_low, 0…1. Default 0.2 (PPO 2017).
  ///   - high: ε_high, 0…100. Default 0.28 (DAPO 2025, §3.1), of every toolkit 0.2.
  ///   - dual: c, which bounds the loss for A < 0, 0…1000; 0 is none. Default 3 (Ye et al. 2020), of most toolkits none.
  ///   - ceiling: δ on the unclipped ratio, 0…10⁶; 0 is none (INTELLECT-2 2025). Default none.
  ///   - logRatioLimit: Bound on |log ρ|, 0…80 nats; 0 is none. Default 20, of most toolkits none.
  public init(
    low: Double? = nil, high: Double? = nil, dual: Double? = nil, ceiling: Double? = nil, logRatioLimit: Double? = nil
  ) {
    self.low = low
    self.high = high
    self.dual = dual
    self.ceiling = ceiling
    self.logRatioLimit = logRatioLimit
  }

  /// `paper` is the clip range of the algorithm's own paper.
  func surrogate(
    _ options: inout OptionReader, _ choices: ProfileChoices, paper: (low: Double, high: Double)?
  ) -> ClippedSurrogate {
    let range = choices.takesPaperClip ? paper : nil
    return ClippedSurrogate(
      clipLow: options.number("clip-low", default: low ?? range?.low ?? choices.clipLow, in: 0...1, help: "ε below 1"),
      clipHigh: options.number("clip-high", default: high ?? range?.high ?? choices.clipHigh, in: 0...100, help: "ε above 1"),
      dualClip: positive(
        options.number(
          "dual-clip", default: dual ?? choices.dualClip, in: 0...1000, help: "bound c on the loss for A < 0; 0 is none")),
      ceiling: positive(
        options.number(
          "ratio-ceiling", default: ceiling ?? 0, in: 0...1e6, help: "bound δ on the unclipped ratio; 0 is none")),
      logRatioLimit: logRatioLimit(&options, choices), limitsSmallRatios: choices.limitsSmallRatios)
  }

  func logRatioLimit(_ options: inout OptionReader, _ choices: ProfileChoices) -> Double? {
    positive(
      options.number(
        "log-ratio-limit", default: logRatioLimit ?? choices.logRatioLimit, in: 0...80, unit: "nats",
        help: "bound on |log ratio|; 0 is none"))
  }
}

/// 0 stands for "none" in an experiment file.
func positive(_ number: Double) -> Double? { number > 0 ? number : nil }
