import Options

/// What is done about rollouts of another engine; what is not given is the profile's choice.
public struct CorrectionOptions: Sendable, Hashable {
  /// What bounds do to the factor of a token.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// There is no factor.
    case none
    /// The factor is held within them.
    case truncate
    /// Outside them the token teaches nothing.
    case mask
  }

  var mode: Mode?
  var level: SamplerCorrection.Level?
  var low: Double?
  var high: Double?
  var driftLimit: Double?

  /// A correction of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - mode: What bounds do to the factor π_old/π_sampler. Default `truncate` (Yao et al. 2025), of TRL `mask`, of other toolkits `none`.
  ///   - level: Whose ratio it is: the `token`'s, the `sequence`'s product, or its `geometric` mean. Default `token`, of TRL `sequence`.
  ///   - low: The smallest factor, 0…1; 0 bounds nothing. Default 0, of OpenRLHF 0.5.
  ///   - high: The largest factor, 1…10⁶. Default 2, of TRL 3, of OpenRLHF 5.
  ///   - driftLimit: Masks completions with A < 0 that the policy has left behind by more nats a token than this, 0…100; 0 never does
  ///     (DeepSeek-V3.2 2025, §3.1). Default 0.
  public init(
    mode: Mode? = nil, level: SamplerCorrection.Level? = nil, low: Double? = nil, high: Double? = nil, driftLimit: Double? = nil
  ) {
    self.mode = mode
    self.level = level
    self.low = low
    self.high = high
    self.driftLimit = driftLimit
  }

  func weightings(_ options: inout OptionReader, _ choices: ProfileChoices) -> [any PolicyWeighting] {
    options.section("correction") { options in
      let mode = options.choice(
        "mode", default: mode ?? choices.correctionMode, help: "what bounds do to the weight of another engine's rollouts")
      let level = options.choice("level", default: level ?? choices.correctionLevel, help: "whose ratio it is")
      let low = options.number(
        "low", default: low ?? choices.correctionLow, in: 0...1, help: "smallest ratio; 0 bounds nothing")
      let high = options.number("high", default: high ?? choices.correctionHigh, in: 1...1e6, help: "largest ratio")
      let drift = options.number(
        "drift-limit", default: driftLimit ?? 0, in: 0...100, unit: "nats",
        help: "masks bad completions left behind; 0 never does")
      var weightings: [any PolicyWeighting] = drift > 0 ? [DriftMask(limit: drift)] : []
      switch mode {
      case .none: break
      case .truncate: weightings.append(SamplerCorrection(level: level, mode: .truncate, low: low, high: high))
      case .mask: weightings.append(SamplerCorrection(level: level, mode: .mask, low: low, high: high))
      }
      return weightings
    }
  }
}
