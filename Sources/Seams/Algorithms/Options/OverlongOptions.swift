import Options

/// The soft punishment for length of ``OverlongPunishment``; what is not given is the profile's choice.
public struct OverlongOptions: Sendable, Hashable {
  var buffer: Int?
  var limit: Int?
  var factor: Double?
  var isCapped: Bool?

  /// A punishment of which the choices named here are given, as in equation 13 of DAPO 2025.
  ///
  /// - Parameters:
  ///   - buffer: C, the last tokens before the limit, in which the reward falls, 0…1,000,000 and at most `limit`; 0 punishes nothing.
  ///     Default 0.
  ///   - limit: L, the most tokens of a completion, 1…1,000,000. Default 512.
  ///   - factor: f, the punishment at the limit, 0…1000 in units of reward. Default 1.
  ///   - isCapped: Whether it stays at f beyond. Default true, of verl, ms-swift and NeMo-RL false.
  public init(buffer: Int? = nil, limit: Int? = nil, factor: Double? = nil, isCapped: Bool? = nil) {
    self.buffer = buffer
    self.limit = limit
    self.factor = factor
    self.isCapped = isCapped
  }

  func punishment(_ options: inout OptionReader, _ choices: ProfileChoices) -> OverlongPunishment? {
    options.section("overlong") { options in
      let buffer = options.integer(
        "buffer", default: buffer ?? 0, in: 0...1_000_000, unit: "tokens", help: "0 punishes nothing")
      let limit = options.integer(
        "limit", default: limit ?? 512, in: 1...1_000_000, unit: "tokens", help: "most tokens of a completion")
      let factor = options.number(
        "factor", default: factor ?? 1, in: 0...1000, unit: "reward", help: "punishment at the limit")
      let isCapped = options.flag(
        "capped", default: isCapped ?? choices.overlongIsCapped, help: "whether it stays at the factor beyond")
      if buffer > limit { options.record("is larger than the limit of \(limit) tokens: shorten it", at: "buffer") }
      return buffer == 0 || buffer > limit
        ? nil : OverlongPunishment(limit: limit, buffer: buffer, factor: factor, isCapped: isCapped)
    }
  }
}
