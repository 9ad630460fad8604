/// Which frames each tap of a convolution joins, series by series.
///
/// A tap reads frames at equal distances and writes consecutive ones, so that it is one matrix product on the arrays as they
/// lie: nothing is copied.
struct ConvolutionLayout: Sendable {
  /// `count` output frames from `output` on, each from the input frame `input + i·stride`.
  struct Tap {
    let index: Int
    let input: Int
    let output: Int
    let count: Int
  }

  let inputs: Int
  let outputs: Int
  let outputSequences: [Range<Int>]
  private let taps: Int
  private let stride: Int
  private let dilation: Int
  private let padding: Int
  private let sequences: [Range<Int>]

  var outputFrames: Int { outputSequences.last?.upperBound ?? 0 }

  init(
    inputs: Int, outputs: Int, kernelColumns: Int, stride: Int, dilation: Int, padding: Int, sequences: [Range<Int>],
    frames: Int
  ) {
    precondition(inputs > 0 && kernelColumns % inputs == 0, "a kernel of \(kernelColumns) columns for \(inputs) channels")
    precondition(stride > 0 && dilation > 0 && padding >= 0, "stride \(stride), dilation \(dilation), padding \(padding)")
    precondition(
      sequences.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= frames }, "a series outside the \(frames) frames")
    self.inputs = inputs
    self.outputs = outputs
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
    self.sequences = sequences
    let taps = kernelColumns / inputs
    self.taps = taps
    var end = 0
    outputSequences = sequences.map { sequence in
      let room = sequence.count + 2 * padding - dilation * (taps - 1) - 1
      let start = end
      end += room < 0 || sequence.isEmpty ? 0 : room / stride + 1
      return start..<end
    }
  }

  /// Calls `body` for each tap of each series that meets any frame.
  func forEachTap(_ body: (Tap) -> Void) {
    for (input, output) in zip(sequences, outputSequences) {
      for tap in 0..<taps {
        let shift = tap * dilation - padding
        let first = shift < 0 ? (-shift + stride - 1) / stride : 0
        let last = (input.count - 1 - shift) / stride
        guard input.count - 1 - shift >= 0 else { continue }
        let count = min(last + 1, output.count) - first
        guard count > 0 else { continue }
        body(
          Tap(
            index: tap, input: input.lowerBound + first * stride + shift, output: output.lowerBound + first, count: count))
      }
    }
  }
}
