import Randomness
import RealModule
import Tensors
import Testing

/// Checks an operation against plain loops in `Double`: its value, and its derivative by central differences of the loops.
///
/// - Parameters:
///   - operation: the operation on the tape, with one result or several.
///   - reference: from the inputs' elements, the elements of all results in order.
///   - tolerance: of each value and derivative, relative to 1 or its own size if larger.
func expectOperation(
  on inputs: [Tensor], tolerance: Double = 2e-5, sourceLocation: SourceLocation = #_sourceLocation,
  _ operation: (Tape, [Variable]) -> [Variable], matches reference: ([[Double]]) -> [Double]
) {
  let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
  let variables = inputs.map(tape.input)
  let results = operation(tape, variables)
  let exact = inputs.map { $0.values.map(Double.init) }
  expectClose(results.flatMap(\.value.values), reference(exact), tolerance, "value", sourceLocation)

  var stream = RandomStream(seed: 99)
  let seeds = results.map { Tensor(normal: $0.shape, standardDeviation: 1, using: &stream) }
  let weights = seeds.flatMap(\.values).map(Double.init)
  func scalar(_ inputs: [[Double]]) -> Double { zip(weights, reference(inputs)).reduce(0) { $0 + $1.0 * $1.1 } }
  let derivatives = tape.backward(Array(zip(results, seeds)), by: variables).others
  for (index, derivative) in derivatives.enumerated() {
    let differences = exact[index].indices.map { element in
      centralDifference { step in
        var moved = exact
        moved[index][element] += step
        return scalar(moved)
      }
    }
    expectClose(derivative.values, differences, tolerance, "derivative by input \(index)", sourceLocation)
  }
}

/// f'(0) with an error of order h⁴.
func centralDifference(step h: Double = 1e-3, _ f: (Double) -> Double) -> Double {
  (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
}

/// Fails where a value differs from the expected one by more than `tolerance` · max(1, |expected|).
func expectClose(
  _ values: [Float], _ expected: [Double], _ tolerance: Double, _ what: Comment = "value",
  _ sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, what, sourceLocation: sourceLocation)
  for (index, (value, expected)) in zip(values, expected).enumerated()
  where !(abs(Double(value) - expected) <= tolerance * max(1, abs(expected))) {
    Issue.record("\(what) [\(index)]: \(value), expected \(expected)", sourceLocation: sourceLocation)
  }
}

/// A tensor of normal deviates that depends on the shape and seed only.
func sample(_ shape: [Int], seed: UInt64 = 1, scale: Float = 1) -> Tensor {
  var stream = RandomStream(seed: seed).derived(shape.reduce(17) { $0 * 31 + $1 })
  return Tensor(normal: shape, standardDeviation: scale, using: &stream)
}
