import Tensors
import Testing

@Suite struct ConvolutionTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let taps: Int
    let stride: Int
    let dilation: Int
    let padding: Int
    var testDescription: String { "k\(taps) s\(stride) d\(dilation) p\(padding)" }
  }

  static let shapes = [
    Shape(taps: 5, stride: 5, dilation: 1, padding: 0), Shape(taps: 3, stride: 1, dilation: 1, padding: 1),
    Shape(taps: 4, stride: 2, dilation: 1, padding: 1), Shape(taps: 5, stride: 1, dilation: 3, padding: 6),
    Shape(taps: 5, stride: 3, dilation: 2, padding: 4), Shape(taps: 1, stride: 1, dilation: 1, padding: 0),
  ]

  @Test(arguments: shapes) func convolutionMatchesLoops(shape: Shape) {
    let (inputs, outputs) = (3, 4)
    let sequences = [0..<11, 11..<12, 12..<20]
    expectOperation(
      on: [sample([20, inputs]), sample([outputs, shape.taps * inputs], seed: 2), sample([outputs], seed: 3)]
    ) {
      [
        $0.convolution(
          $1[0], $1[1], $1[2], stride: shape.stride, dilation: shape.dilation, padding: shape.padding, sequences: sequences
        ).output
      ]
    } matches: {
      convolution($0[0], $0[1], $0[2], shape: shape, inputs: inputs, sequences: sequences)
    }
  }

  @Test func aSeriesAloneGivesWhatItGivesAmongOthers() {
    let tape = Tape(parameters: ParameterSet(), recordsGradients: false)
    let x = sample([30, 4])
    let (kernel, bias) = (tape.constant(sample([6, 12])), tape.constant(sample([6])))
    func result(_ sequences: [Range<Int>]) -> (Tensor, [Range<Int>]) {
      let (y, ranges) = tape.convolution(tape.constant(x), kernel, bias, stride: 2, padding: 1, sequences: sequences)
      return (y.value, ranges)
    }
    let (together, ranges) = result([0..<13, 13..<30])
    let (alone, range) = result([13..<30])
    #expect(ranges == [0..<7, 7..<16] && range == [0..<9])
    expectClose(Array(together.values[7 * 6..<16 * 6]), alone.values.map(Double.init), 1e-5)
  }

  /// The definition, with frames outside a series as zeros.
  func convolution(
    _ x: [Double], _ kernel: [Double], _ bias: [Double], shape: Shape, inputs: Int, sequences: [Range<Int>]
  ) -> [Double] {
    sequences.flatMap { sequence -> [Double] in
      let room = sequence.count + 2 * shape.padding - shape.dilation * (shape.taps - 1) - 1
      guard room >= 0 else { return [] }
      return (0...room / shape.stride).flatMap { frame in
        bias.indices.map { output in
          var sum = bias[output]
          for tap in 0..<shape.taps {
            let from = frame * shape.stride + tap * shape.dilation - shape.padding
            guard from >= 0, from < sequence.count else { continue }
            for input in 0..<inputs {
              sum += x[(sequence.lowerBound + from) * inputs + input] * kernel[(output * shape.taps + tap) * inputs + input]
            }
          }
          return sum
        }
      }
    }
  }
}
