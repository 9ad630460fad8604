/// A record of operations on tensors from which the derivative of their results is computed in reverse.
///
/// One tape serves one forward and at most one backward pass, on one thread:
///
///     let tape = Tape(parameters: parameters, recordsGradients: true)
///     let x = tape.constant(input)                                    // [n, in]
///     let y = tape.linear(x, tape.parameter(weight))                  // [n, out]
///     let gradients = tape.backward([(y, derivativeOfLossByY)])
///
/// Each operation stands beside its derivative in a `Tape+….swift` file. Reference: Griewank and Walther 2008, *Evaluating
/// Derivatives*, chapter 3 (the vector mode of reverse accumulation).
public final class Tape {
  public let parameters: ParameterSet
  /// Without records the tape computes values only and keeps nothing.
  public let recordsGradients: Bool

  private struct Record {
    let outputs: [Int]
    /// Receives the derivative by each output (`nil` where nothing depends on it), adds to those of the inputs.
    let pullback: (_ outputs: [Tensor?], inout Cotangents) -> Void
  }

  private var records: [Record] = []
  private var variableCount = 0
  private var parameterVariables: [Variable?]

  public init(parameters: ParameterSet, recordsGradients: Bool) {
    self.parameters = parameters
    self.recordsGradients = recordsGradients
    parameterVariables = [Variable?](repeating: nil, count: parameters.count)
  }

  /// A tensor that nothing is differentiated by.
  public func constant(_ value: Tensor) -> Variable {
    variable(value, needsGradient: false)
  }

  /// A parameter: one variable however often it is asked for.
  public func parameter(_ id: ParameterID) -> Variable {
    if let known = parameterVariables[id.index] { return known }
    let made = variable(parameters[id], needsGradient: recordsGradients && parameters.isTrainable(id))
    parameterVariables[id.index] = made
    return made
  }

  /// A tensor to differentiate by that is no parameter, for tests; its derivative comes from ``backward(_:by:)``.
  package func input(_ value: Tensor) -> Variable {
    variable(value, needsGradient: recordsGradients)
  }

  /// The derivative of Σ ⟨seed, variable⟩ by every trainable parameter, and the end of the tape.
  ///
  /// - Parameter seeds: variables with the derivative of the loss by each, of the same shape; a variable may appear twice.
  public func backward(_ seeds: [(Variable, Tensor)]) -> Gradients {
    backward(seeds, by: []).gradients
  }

  /// ``backward(_:)`` with the derivatives by other variables as well (zeros where nothing depends on one).
  package func backward(_ seeds: [(Variable, Tensor)], by others: [Variable]) -> (gradients: Gradients, others: [Tensor]) {
    precondition(recordsGradients, "backward on a tape that records no gradients")
    var cotangents = Cotangents(count: variableCount)
    for (variable, seed) in seeds { cotangents.add(seed, to: variable) }
    while let record = records.popLast() {
      let outputs = record.outputs.map { cotangents.take($0) }
      guard outputs.contains(where: { $0 != nil }) else { continue }
      record.pullback(outputs, &cotangents)
    }
    let gradients = Gradients(tensors: parameterVariables.map { $0.flatMap { cotangents.take($0.index) } })
    return (gradients, others.map { cotangents.take($0.index) ?? Tensor(shape: $0.shape) })
  }

  /// Enters the result of an operation with its derivative.
  ///
  /// - Parameter pullback: from the derivative by the result, adds to the derivatives by the inputs.
  func record(
    _ value: Tensor, from inputs: [Variable], pullback: @escaping (_ cotangent: Tensor, inout Cotangents) -> Void
  ) -> Variable {
    let output = variable(value, needsGradient: needsGradient(inputs))
    guard output.needsGradient else { return output }
    records.append(
      Record(outputs: [output.index]) { outputs, cotangents in
        if let cotangent = outputs[0] { pullback(cotangent, &cotangents) }
      })
    return output
  }

  /// Enters the two results of an operation with their common derivative.
  func record(
    _ first: Tensor, _ second: Tensor, from inputs: [Variable],
    pullback: @escaping (_ first: Tensor?, _ second: Tensor?, inout Cotangents) -> Void
  ) -> (Variable, Variable) {
    let needsGradient = needsGradient(inputs)
    let a = variable(first, needsGradient: needsGradient)
    let b = variable(second, needsGradient: needsGradient)
    if needsGradient {
      records.append(
        Record(outputs: [a.index, b.index]) { outputs, cotangents in pullback(outputs[0], outputs[1], &cotangents) })
    }
    return (a, b)
  }

  /// Whether an operation on these is worth recording.
  func needsGradient(_ inputs: [Variable]) -> Bool {
    recordsGradients && inputs.contains(where: \.needsGradient)
  }

  private func variable(_ value: Tensor, needsGradient: Bool) -> Variable {
    defer { variableCount += 1 }
    return Variable(index: variableCount, value: value, needsGradient: needsGradient)
  }
}

extension Tape {
  /// An operation of one's own.
  ///
  /// - Parameters:
  ///   - inputs: what the result depends on.
  ///   - value: the result.
  ///   - derivative: from the derivative by the result, those by the inputs in order; `nil` stands for zeros. Called once at
  ///     most.
  public func custom(
    inputs: [Variable], value: Tensor, derivative: @escaping (_ cotangent: Tensor) -> [Tensor?]
  ) -> Variable {
    record(value, from: inputs) { cotangent, cotangents in
      let derivatives = derivative(cotangent)
      precondition(derivatives.count == inputs.count, "a custom operation gives one derivative an input")
      for (input, part) in zip(inputs, derivatives) {
        if let part { cotangents.add(part, to: input) }
      }
    }
  }
}
