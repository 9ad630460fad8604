import Policies
import Tensors

/// What decoding needs of a prompt that has been read: the keys and values of its track and question.
struct PromptContext: Sendable {
  /// For each layer the keys and the values of the rows seen, track first: [rows, width].
  let keys: [Tensor]
  let values: [Tensor]
  /// The residual stream at the last row of the question: [width].
  let last: [Float]
  /// The question, which the positions of its completions follow.
  let question: [Token]

  var questionCount: Int { question.count }

  var rowCount: Int { keys.first?.rows ?? 0 }
}

extension AudioTextTransformer {
  /// Reads the questions about a few tracks, each track once; contexts in the order of tracks, then of questions.
  func contexts(of tracks: [(track: TrackGroups.Track, questions: [[Token]])]) -> [PromptContext] {
    let placements = tracks.map { placement(of: $0.track.audio) }
    let tree = TokenTree(
      zip(tracks, placements).map { track, placement in
        TokenTree.Track(
          audioSeconds: placement.seconds.map { track.track.firstSecond + $0 },
          questions: track.questions.map { .init(tokens: $0, completions: []) })
      }, layout: treeLayout, paddedTo: LockstepDecoder.rowMultiple)
    let tape = Tape(parameters: parameters, recordsGradients: false)
    let windows = zip(tracks, placements).map { AudioWindows($0.track.audio, at: $1, layout: encoder.heads) }
    let (rows, attended) = hidden(of: tree, windows: windows, table: embeddingTable(on: tape), on: tape)
    let questions = tracks.flatMap(\.questions)
    return tree.questionSegments.enumerated().map { index, segments in
      let (track, question) = segments
      let runs = [tree.segments[track].rows, tree.segments[question].rows]
      return PromptContext(
        keys: attended.map { Self.joined(runs, of: $0.keys.value) },
        values: attended.map { Self.joined(runs, of: $0.values.value) },
        last: Array(rows.value.row(index)), question: questions[index])
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
