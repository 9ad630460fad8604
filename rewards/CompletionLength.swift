public import Options
public import Questions
public import Rewards

/// A penalty on long completions: 0 up to `free` tokens, rising to 1 at `limit` tokens.
///
/// min(1, max(0, n − free)/(limit − free)) with n tokens; a completion that the limit on tokens cut off scores 1.
///
/// Give it a negative weight.
///
/// The soft overlong punishment of DAPO (arXiv 2503.14476, equation 13).
public struct CompletionLength: TemporalReward, ConfigurableReward {
  public static let name = "completion-length"

  public static let documentation = RewardDocumentation(
    summary: "A penalty on long completions.",
    formula: "min(1, max(0, n − free)/(limit − free)), n in tokens",
    degenerateCases: "A completion that was cut off: 1. Tokens that nobody counted: no score.",
    source: "DAPO (arXiv 2503.14476), eq. 13.",
    family: .shaping, kinds: AnswerKind.allCases)

  public static let needs: Set<RewardNeed> = [.tokenCount]

  let free: Int
  let limit: Int

  /// Traps where `limit` is not greater than `free`.
  ///
  /// - Parameters:
  ///   - free: tokens that cost nothing, 0…1,000,000.
  ///   - limit: tokens that cost everything, 1…1,000,000.
  public init(free: Int = 256, limit: Int = 512) {
    precondition(limit > free, "completion-length: 'limit' is \(limit); it must be greater than 'free', \(free)")
    self.init(free, limit)
  }

  private init(_ free: Int, _ limit: Int) {
    self.free = free
    self.limit = limit
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      options.integer("free", default: usual.free, in: 0...1_000_000, unit: "tokens", help: "length that costs nothing"),
      options.integer("limit", default: usual.limit, in: 1...1_000_000, unit: "tokens", help: "length that costs everything"))
    if limit <= free { options.record("is \(limit); it must be greater than 'free', \(free)", at: "limit") }
  }

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    if response.isTruncated { return 1 }
    guard let count = response.tokenCount else { return nil }
    guard count > free else { return 0 }
    guard count < limit else { return 1 }
    return Double(count - free) / Double(limit - free)
  }
}
