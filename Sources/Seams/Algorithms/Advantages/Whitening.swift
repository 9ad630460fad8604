/// Brings advantages of a whole batch to mean 0 and deviation 1: (A − μ) · s.
///
/// | guard | s |
/// |---|---|
/// | `added` ε | 1 / (σ + ε) |
/// | `inRoot` ε | 1 / √(σ² + ε) |
/// | `floor` ε | 1 / √max(σ², ε) |
///
/// Where all advantages are one number, or there is one alone, the result is exactly 0, unless `zerosTies` is false or `keepsLone` true;
/// where σ and ε are both 0 it is 0 whatever they say. With `unit` tokens a long completion counts more
/// in μ and σ; with `completions` each completion counts once, by the advantage of its first token.
public struct Whitening: Sendable, Hashable {
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    case tokens, completions
  }

  public enum Guard: Sendable, Hashable {
    case added(Double)
    case inRoot(Double)
    case floor(Double)

    func scale(variance: Double) -> Double {
      switch self {
      case .added(let epsilon): 1 / (variance.squareRoot() + epsilon)
      case .inRoot(let epsilon): 1 / (variance + epsilon).squareRoot()
      case .floor(let epsilon): 1 / max(variance, epsilon).squareRoot()
      }
    }
  }

  package var unit: Unit
  package var deviation: RewardStatistics.Deviation
  package var guarding: Guard
  /// Whether μ is subtracted before, rather than only divided by the deviation.
  package var centers: Bool
  package var divides: Bool
  /// Whether numbers that are all equal become exactly 0; false computes them as any others, with what a guard of the count leaves over.
  package var zerosTies: Bool
  /// Whether a number alone stays as it is (Stable-Baselines3).
  package var keepsLone: Bool
  /// Added to the number of tokens where verl guards its masked means against a division by 0.
  package var countSlack: Double

  public init(
    unit: Unit = .tokens, deviation: RewardStatistics.Deviation = .sample, guarding: Guard = .added(1e-8), centers: Bool = true,
    divides: Bool = true, countSlack: Double = 0, zerosTies: Bool = true, keepsLone: Bool = false
  ) {
    self.unit = unit
    self.deviation = deviation
    self.guarding = guarding
    self.centers = centers
    self.divides = divides
    self.countSlack = countSlack
    self.zerosTies = zerosTies
    self.keepsLone = keepsLone
  }

  /// PPO's: over tokens, sample deviation, 10⁻⁸ added (Stable-Baselines3, CleanRL).
  public static let standard = Whitening()

  /// Completions of `batch` without a reward stay out of the statistics and have advantage 0.
  package func whitened(_ credits: [[AdvantageEstimate]], counting batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    precondition(credits.count == batch.groups.count, "one group of credits a group")
    var numbers: [Double] = []
    for (group, inputs) in zip(credits, batch.groups) {
      for (credit, input) in zip(group, inputs) where input.reward != nil {
        numbers.append(contentsOf: unit == .tokens ? credit.advantages[...] : credit.advantages.prefix(1))
      }
    }
    let move = transform(of: numbers)
    return zip(credits, batch.groups).map { group, inputs in
      zip(group, inputs).map { credit, input in
        input.reward == nil ? credit : AdvantageEstimate(advantages: credit.advantages.map(move), returns: credit.returns)
      }
    }
  }

  /// The advantages of some completions whitened together; completions that do not count stay out and have advantage exactly 0.
  package func whitened(_ credits: [AdvantageEstimate], counting counted: [Bool]) -> [AdvantageEstimate] {
    precondition(credits.count == counted.count, "one mark a completion")
    let numbers = zip(credits, counted).flatMap { credit, counts -> ArraySlice<Double> in
      counts ? (unit == .tokens ? credit.advantages[...] : credit.advantages.prefix(1)) : []
    }
    let move = transform(of: numbers)
    return zip(credits, counted).map { credit, counts in
      AdvantageEstimate(advantages: credit.advantages.map { counts ? move($0) : 0 }, returns: credit.returns)
    }
  }

  /// The numbers as they are brought to mean 0 and deviation 1.
  package func whitened(_ numbers: [Double]) -> [Double] {
    numbers.map(transform(of: numbers))
  }

  private func transform(of numbers: [Double]) -> (Double) -> Double {
    if keepsLone, numbers.count == 1 { return { $0 } }
    guard let first = numbers.first, numbers.count > 1 else { return { _ in 0 } }
    let isTied = !numbers.contains { $0 != first }
    if isTied, zerosTies { return { _ in 0 } }
    let count = Double(numbers.count)
    // The mean of equal numbers is that number: what rounding makes of their sum is not theirs, and a small deviation would magnify it.
    let mean = isTied ? first * (count / (count + countSlack)) : numbers.reduce(0, +) / (count + countSlack)
    var variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count + countSlack)
    if deviation == .sample { variance *= count / (count - 1) }
    let scale = divides ? guarding.scale(variance: variance) : 1
    guard scale.isFinite else { return { _ in 0 } }
    let origin = centers ? mean : 0
    return { ($0 - origin) * scale }
  }
}
