internal import CObjectiveKernels
import Policies

/// Whole completions as an objective sees them: one `Double` a token in every column, whatever the storage.
///
/// An objective walks a minibatch block by block, so that a block stays in the processor's cache while the terms read it, and
/// what several terms need, such as the ratio, is computed once. A column of something that the run does not have is empty.
public struct TokenBlock: Sendable {
  /// The tokens of each completion, in order, without gaps from 0.
  public private(set) var sequences: [Range<Int>]
  /// log π, nats.
  public private(set) var logProbabilities: [Double]
  /// log π_old: the policy that sampled, nats.
  public private(set) var behaviorLogProbabilities: [Double]
  /// log π_ref, nats; empty without a reference policy.
  public private(set) var referenceLogProbabilities: [Double]
  /// log-probabilities that another engine reported when it sampled, nats; empty where the policy sampled itself.
  public private(set) var samplerLogProbabilities: [Double]
  /// Entropies of the whole distributions, nats.
  public private(set) var entropies: [Double]
  /// V, empty without a value head.
  public private(set) var values: [Double]
  /// V_old: values when the tokens were sampled; empty without a value head.
  public private(set) var behaviorValues: [Double]
  /// A.
  public private(set) var advantages: [Double]
  /// R: what the value head should have said; empty without a value head.
  public private(set) var returns: [Double]
  /// w: what each token's loss is multiplied by before the sum.
  public private(set) var weights: [Double]
  /// w of the entropy bonus, where it has an aggregation of its own; empty where `weights` count.
  public private(set) var entropyWeights: [Double]
  /// w of the penalty on the distance from the reference policy, likewise.
  public private(set) var penaltyWeights: [Double]

  /// w times what corrections of the policy loss allow the token; equal to `weights` without corrections.
  public var policyWeights: [Double]
  /// log π − log π_old.
  public private(set) var logRatios: [Double]
  /// π / π_old.
  public private(set) var ratios: [Double]
  /// log π_ref − log π.
  public private(set) var referenceLogRatios: [Double]
  /// π_ref / π.
  public private(set) var referenceRatios: [Double]

  public var count: Int { logProbabilities.count }

  /// A block of the given columns; traps where a column that is not empty has another length.
  public init(
    sequences: [Range<Int>], logProbabilities: [Double], behaviorLogProbabilities: [Double] = [],
    referenceLogProbabilities: [Double] = [], samplerLogProbabilities: [Double] = [], entropies: [Double] = [],
    values: [Double] = [], behaviorValues: [Double] = [], advantages: [Double] = [], returns: [Double] = [], weights: [Double],
    entropyWeights: [Double] = [], penaltyWeights: [Double] = []
  ) {
    self.sequences = sequences
    self.logProbabilities = logProbabilities
    self.behaviorLogProbabilities = behaviorLogProbabilities
    self.referenceLogProbabilities = referenceLogProbabilities
    self.samplerLogProbabilities = samplerLogProbabilities
    self.entropies = entropies
    self.values = values
    self.behaviorValues = behaviorValues
    self.advantages = advantages
    self.returns = returns
    self.weights = weights
    self.entropyWeights = entropyWeights
    self.penaltyWeights = penaltyWeights
    policyWeights = weights
    logRatios = []
    ratios = []
    referenceLogRatios = []
    referenceRatios = []
    precondition((sequences.last?.upperBound ?? 0) == logProbabilities.count, "sequences must cover the tokens")
    for column in [
      behaviorLogProbabilities, referenceLogProbabilities, samplerLogProbabilities, entropies, values, behaviorValues,
      advantages, returns, weights, entropyWeights, penaltyWeights,
    ] {
      precondition(column.isEmpty || column.count == logProbabilities.count, "a column has another length than the tokens")
    }
    derive()
  }

  init() { self.init(sequences: [], logProbabilities: [], weights: []) }

  /// Takes the tokens of `sequences` out of a minibatch; storage is used again.
  mutating func load(_ outputs: TokenOutputs, _ targets: TokenTargets, sequences source: ArraySlice<Range<Int>>) {
    let start = source.first?.lowerBound ?? 0
    let tokens = start..<(source.last?.upperBound ?? start)
    sequences.removeAll(keepingCapacity: true)
    for sequence in source { sequences.append(sequence.lowerBound - start..<sequence.upperBound - start) }
    logProbabilities.widen(outputs.logProbabilities, tokens)
    entropies.widen(outputs.entropies, tokens)
    values.widen(outputs.values, tokens)
    behaviorLogProbabilities.widen(targets.behaviorLogProbabilities, tokens)
    referenceLogProbabilities.widen(targets.referenceLogProbabilities ?? [], tokens)
    samplerLogProbabilities.widen(targets.samplerLogProbabilities ?? [], tokens)
    behaviorValues.widen(targets.behaviorValues, tokens)
    advantages.widen(targets.advantages, tokens)
    returns.widen(targets.returns, tokens)
    weights.widen(targets.weights, tokens)
    entropyWeights.widen(targets.entropyWeights, tokens)
    penaltyWeights.widen(targets.penaltyWeights, tokens)
    policyWeights.copy(weights)
    derive()
  }

  private mutating func derive() {
    logRatios.difference(logProbabilities, behaviorLogProbabilities)
    ratios.exponentials(of: logRatios)
    referenceLogRatios.difference(referenceLogProbabilities, logProbabilities)
    referenceRatios.exponentials(of: referenceLogRatios)
  }
}

/// The columns of a policy loss, all of one length.
struct PolicyColumns {
  let logProbabilities: UnsafeBufferPointer<Double>
  let logRatios: UnsafeBufferPointer<Double>
  let ratios: UnsafeBufferPointer<Double>
  let advantages: UnsafeBufferPointer<Double>
  let weights: UnsafeBufferPointer<Double>
}

extension TokenBlock {
  /// Calls `body` with the columns as they lie in memory: the loops over them are what an update of the policy spends its time on.
  func withPolicyColumns<Result>(_ body: (PolicyColumns) -> Result) -> Result {
    precondition(
      logRatios.count == count && advantages.count == count && policyWeights.count == count, "needs ratios and advantages")
    return logProbabilities.withUnsafeBufferPointer { logProbabilities in
      logRatios.withUnsafeBufferPointer { logRatios in
        ratios.withUnsafeBufferPointer { ratios in
          advantages.withUnsafeBufferPointer { advantages in
            policyWeights.withUnsafeBufferPointer { weights in
              body(
                PolicyColumns(
                  logProbabilities: logProbabilities, logRatios: logRatios, ratios: ratios, advantages: advantages,
                  weights: weights))
            }
          }
        }
      }
    }
  }
}

extension [Double] {
  /// Becomes `count` numbers long without giving up its storage.
  mutating func resize(to count: Int) {
    if count > self.count {
      append(contentsOf: repeatElement(0, count: count - self.count))
    } else {
      removeLast(self.count - count)
    }
  }

  fileprivate mutating func widen(_ source: [Float], _ range: Range<Int>) {
    guard !source.isEmpty else { return resize(to: 0) }
    precondition(range.upperBound <= source.count, "a column is shorter than the tokens")
    resize(to: range.count)
    source.withUnsafeBufferPointer { source in
      withUnsafeMutableBufferPointer { own in
        guard let from = source.baseAddress, let to = own.baseAddress else { return }
        takt_widen(from + range.lowerBound, to, range.count)
      }
    }
  }

  fileprivate mutating func copy(_ source: [Double]) {
    resize(to: source.count)
    source.withUnsafeBufferPointer { source in
      withUnsafeMutableBufferPointer { own in
        _ = own.update(fromContentsOf: source)
      }
    }
  }

  /// Becomes `left − right`, or empty where either is.
  fileprivate mutating func difference(_ left: [Double], _ right: [Double]) {
    guard !left.isEmpty, !right.isEmpty else { return resize(to: 0) }
    resize(to: left.count)
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        withUnsafeMutableBufferPointer { own in
          guard let left = left.baseAddress, let right = right.baseAddress, let to = own.baseAddress else { return }
          takt_difference(left, right, to, own.count)
        }
      }
    }
  }

  fileprivate mutating func exponentials(of exponents: [Double]) {
    resize(to: exponents.count)
    exponents.withUnsafeBufferPointer { exponents in
      withUnsafeMutableBufferPointer { own in Exponential.fill(own, of: exponents) }
    }
  }
}
