public import Algorithms
import Policies
import Randomness

/// Examines what ``ObjectiveTerm`` promises, and returns what is not kept; none is a pass.
///
/// The derivative agrees with central differences of the loss, in every output of every token, on blocks of random numbers
/// with sequences of unequal lengths; the coefficient scales the derivative and not the loss; the derivative is added to what is
/// there; blocks add up; the same block gives the same numbers.
///
/// A term whose derivative is not that of its value by design, such as a straight-through estimate, fails the first.
///
/// - Parameter spread: standard deviation of the log-ratios in nats; a wide one reaches both sides of a clip range.
public func termConformanceFailures(_ term: any ObjectiveTerm, spread: Double = 0.3, seed: UInt64 = 7) -> [ConformanceFailure] {
  var examination = TermExamination(term: term)
  for round in 0..<8 {
    var stream = RandomStream(seed: seed).derived(round)
    examination.examine(Columns(lengths: [3, 1, 6, 2], spread: spread, stream: &stream))
  }
  return examination.failures
}

/// The numbers of a block, each of which may be moved.
private struct Columns {
  var lengths: [Int]
  var outputs: [WritableKeyPath<Columns, [Double]>] { [\.logProbabilities, \.entropies, \.values] }
  var logProbabilities: [Double]
  var entropies: [Double]
  var values: [Double]
  var behavior: [Double]
  var reference: [Double]
  var behaviorValues: [Double]
  var advantages: [Double]
  var returns: [Double]
  var weights: [Double]

  init(lengths: [Int], spread: Double, stream: inout RandomStream) {
    self.lengths = lengths
    let count = lengths.reduce(0, +)
    func column(_ range: ClosedRange<Double>) -> [Double] { (0..<count).map { _ in stream.uniform(in: range) } }
    let width = 1.75 * spread
    logProbabilities = column(-3...(-0.1))
    behavior = zip(logProbabilities, column(-width...width)).map { $0 - $1 }
    reference = zip(logProbabilities, column(-width...width)).map { $0 + $1 }
    entropies = column(0.1...2)
    values = column(-1...1)
    behaviorValues = zip(values, column(-0.5...0.5)).map { $0 + $1 }
    advantages = column(-2...2)
    returns = column(-1...1)
    weights = column(0...0.2)
  }

  var block: TokenBlock {
    var start = 0
    let sequences = lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
    return TokenBlock(
      sequences: sequences, logProbabilities: logProbabilities, behaviorLogProbabilities: behavior,
      referenceLogProbabilities: reference, samplerLogProbabilities: behavior, entropies: entropies, values: values,
      behaviorValues: behaviorValues, advantages: advantages, returns: returns, weights: weights)
  }

  /// The completions in `range` as a block of their own.
  func part(_ range: Range<Int>) -> Columns {
    let start = lengths[..<range.lowerBound].reduce(0, +)
    let tokens = start..<start + lengths[range].reduce(0, +)
    var part = self
    part.lengths = Array(lengths[range])
    for column in [
      \Columns.logProbabilities, \.entropies, \.values, \.behavior, \.reference, \.behaviorValues, \.advantages, \.returns,
      \.weights,
    ] { part[keyPath: column] = Array(self[keyPath: column][tokens]) }
    return part
  }
}

private struct TermExamination {
  let term: any ObjectiveTerm
  var failures: [ConformanceFailure] = []

  private static let step = 1e-5
  private static let tolerance = 1e-6

  private func loss(_ columns: Columns, coefficient: Double = 1) -> (value: Double, gradients: TokenGradients) {
    let block = columns.block
    var gradients = TokenGradients(zerosLike: block)
    var report = ObjectiveReport()
    return (term.accumulate(block, coefficient: coefficient, into: &gradients, report: &report), gradients)
  }

  mutating func examine(_ columns: Columns) {
    let (value, gradients) = loss(columns)
    guard value.isFinite else {
      fail("the loss is finite", "\(value)")
      return
    }
    if loss(columns).value != value || loss(columns).gradients != gradients { fail("a term is pure", "two calls differ") }
    let outputs: [(String, WritableKeyPath<Columns, [Double]>, [Double])] = [
      ("log-probability", \.logProbabilities, gradients.logProbabilities), ("entropy", \.entropies, gradients.entropies),
      ("value", \.values, gradients.values),
    ]
    for (name, column, derivatives) in outputs { examineDerivative(columns, name, column, derivatives) }
    examineSums(columns, value, gradients)
  }

  /// A kink within the step, where the one-sided quotients differ, says nothing and is left out.
  private mutating func examineDerivative(
    _ columns: Columns, _ name: String, _ column: WritableKeyPath<Columns, [Double]>, _ derivatives: [Double]
  ) {
    let middle = loss(columns).value
    for index in derivatives.indices {
      var (above, below) = (columns, columns)
      above[keyPath: column][index] += Self.step
      below[keyPath: column][index] -= Self.step
      let right = (loss(above).value - middle) / Self.step
      let left = (middle - loss(below).value) / Self.step
      let scale = max(1, abs(right), abs(left))
      guard abs(right - left) <= 1e-3 * scale else { continue }
      if !(abs(derivatives[index] - 0.5 * (left + right)) <= Self.tolerance * scale) {
        fail(
          "derivatives agree with finite differences",
          "by the \(name) of token \(index): \(derivatives[index]), where the difference quotient is \(0.5 * (left + right))")
      }
    }
  }

  private mutating func examineSums(_ columns: Columns, _ value: Double, _ gradients: TokenGradients) {
    let scaled = loss(columns, coefficient: -2.5)
    if !isClose(scaled.value, value) { fail("the loss leaves out the coefficient", "\(scaled.value), not \(value)") }
    if !isClose(scaled.gradients, gradients.map { -2.5 * $0 }) {
      fail("the coefficient scales the derivative", "−2.5 gave \(scaled.gradients.logProbabilities.prefix(3))…")
    }
    let block = columns.block
    var twice = gradients
    var report = ObjectiveReport()
    _ = term.accumulate(block, coefficient: 1, into: &twice, report: &report)
    if !isClose(twice, gradients.map { 2 * $0 }) { fail("the derivative is added", "what was there before is gone") }
    let parts = [loss(columns.part(0..<2)), loss(columns.part(2..<columns.lengths.count))]
    if !isClose(parts[0].value + parts[1].value, value) {
      fail("blocks add up", "the losses of two halves are \(parts[0].value) and \(parts[1].value), of the whole \(value)")
    }
    let joined = parts[0].gradients.logProbabilities + parts[1].gradients.logProbabilities
    if !zip(joined, gradients.logProbabilities).allSatisfy(isClose) {
      fail("blocks add up", "a completion's derivative depends on the other completions of its block")
    }
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(a), abs(b)) }

  private func isClose(_ a: TokenGradients, _ b: TokenGradients) -> Bool {
    zip(a.logProbabilities, b.logProbabilities).allSatisfy(isClose) && zip(a.entropies, b.entropies).allSatisfy(isClose)
      && zip(a.values, b.values).allSatisfy(isClose)
  }

  private mutating func fail(_ promise: String, _ observation: String) {
    failures.append(ConformanceFailure(promise, observation))
  }
}

extension TokenGradients {
  fileprivate func map(_ body: (Double) -> Double) -> TokenGradients {
    var mapped = self
    mapped.logProbabilities = logProbabilities.map(body)
    mapped.entropies = entropies.map(body)
    mapped.values = values.map(body)
    return mapped
  }
}
