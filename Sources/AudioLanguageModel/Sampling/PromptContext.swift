import Policies
import Tensors

/// What decoding needs of a prompt that has been read: the keys and values of its track and question.
struct PromptContext: Sendable {
  /// For each layer the keys and the values of the rows seen, track first: [rows, width].
  let keys: [Tensor]
  let values: [Tensor]
  /// The residual stream at the last row of the question: [width].
  let last: [Float]
  /// Tokens of the question, which the positions of its completions follow.
  let questionCount: Int

  var rowCount: Int { keys.first?.rows ?? 0 }
}

extension AudioTextTransformer {
  /// Reads the questions about a few tracks, each track once; contexts in the order of tracks, then of questions.
  func contexts(of tracks: [(windows: AudioWindows, questions: [[Token]])]) -> [PromptContext] {
    let tree = TokenTree(
      tracks.map { track in
        TokenTree.Track(
          seconds: track.windows.stacked.rows, questions: track.questions.map { .init(tokens: $0, completions: []) })
      }, paddedTo: LockstepDecoder.rowMultiple)
    let tape = Tape(parameters: parameters, recordsGradients: false)
    let (rows, attended) = hidden(of: tree, windows: tracks.map(\.windows), on: tape)
    return tree.questionSegments.enumerated().map { index, segments in
      let (track, question) = segments
      let runs = [tree.segments[track].rows, tree.segments[question].rows]
      return PromptContext(
        keys: attended.map { Self.joined(runs, of: $0.keys.value) },
        values: attended.map { Self.joined(runs, of: $0.values.value) },
        last: Array(rows.value.row(index)), questionCount: runs[1].count)
    }
  }

  private static func joined(_ runs: [Range<Int>], of rows: Tensor) -> Tensor {
    let width = rows.columns
    return Tensor(shape: [runs.reduce(0) { $0 + $1.count }, width]) { target in
      rows.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress, var next = target.baseAddress else { return }
        for run in runs {
          next.update(from: source + run.lowerBound * width, count: run.count * width)
          next += run.count * width
        }
      }
    }
  }
}
