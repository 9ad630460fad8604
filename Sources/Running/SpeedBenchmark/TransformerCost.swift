import AudioLanguageModel
import Policies
import Tensors

/// Floating-point operations of the embedded policy's matrix products, counted from shapes: two a multiplication with addition.
///
/// Of a tree with R rows, A of them audio, P that predict something, and T predicted tokens, at width w, feed-forward width f, L
/// blocks and v words:
///
///     audio     A · (5·e·p + p·w + h·w)      e, p, h: width of encoder and projector, columns of the encoder's heads
///     blocks    L·R · 3·w² + ((L − 1)·R + P) · (w² + 2·w·f)      the last block ends at the rows that predict
///     attention L · 2·w · Σ rows seen by a row                     a row sees its ancestors, itself and what precedes it
///     words     T · (v·w + w)
///
/// multiply and add once forward. Backward takes twice as many, but for maps of constants (encoder frames and heads), whose
/// inputs need no derivative: once. Not counted: elementwise work, norms, softmax, AdamW, and scores of rows that are not seen,
/// which a kernel may compute and throw away.
struct TransformerCost: Sendable {
  private let model: AudioLanguageModelConfiguration
  private let encoder: MusicEncoderConfiguration
  private let words: Int

  init(of policy: EmbeddedPolicy, encoder: MusicEncoderConfiguration) {
    model = policy.configuration.model
    self.encoder = encoder
    words = policy.vocabulary.count
  }

  func forward(_ tree: TokenTree) -> Double {
    2 * (fromConstants(tree) + rest(tree))
  }

  /// Forward and backward.
  func training(_ tree: TokenTree) -> Double {
    2 * (2 * fromConstants(tree) + 3 * rest(tree))
  }

  /// Multiplications of the maps whose inputs are constants.
  private func fromConstants(_ tree: TokenTree) -> Double {
    let inputs = MusicEncoderConfiguration.framesPerSecond * encoder.width * model.projectorWidth
    return Double(tree.audioRowCount) * Double(inputs + encoder.heads.count * model.width)
  }

  private func rest(_ tree: TokenTree) -> Double {
    let (width, hidden) = (Double(model.width), Double(model.feedForwardWidth))
    let (rows, layers) = (Double(tree.rowCount), Double(model.layerCount))
    let finished = (layers - 1) * rows + Double(tree.predictingRows.count)
    let projector = Double(tree.audioRowCount * model.projectorWidth) * width
    let blocks = layers * rows * 3 * width * width + finished * (width * width + 2 * width * hidden)
    let attention = layers * 2 * width * seenRows(tree)
    let head = Double(tree.targets.count) * width * Double(words + (model.hasValueHead ? 1 : 0))
    return projector + blocks + attention + head
  }

  /// The rows that each row attends to, summed over all rows.
  private func seenRows(_ tree: TokenTree) -> Double {
    tree.segments.reduce(0) { sum, segment in
      let own = Double(segment.rows.count)
      let above = segment.ancestors.reduce(0) { $0 + tree.segments[$1].rows.count }
      return sum + own * Double(above) + own * (own + 1) / 2
    }
  }
}

extension TokenTree {
  /// Prompts with the completions of each; prompts about one track share it.
  init(_ prompts: [AudioPrompt], completions: [[[Token]]]) {
    var tracks: [TokenTree.Track] = []
    var places: [String: Int] = [:]
    for (prompt, answers) in zip(prompts, completions) {
      let question = TokenTree.Question(tokens: prompt.question, completions: answers)
      if let place = places[prompt.audio.trackID] {
        tracks[place].questions.append(question)
      } else {
        places[prompt.audio.trackID] = tracks.count
        let seconds = prompt.audio.frames.rows / MusicEncoderConfiguration.framesPerSecond + 1
        tracks.append(TokenTree.Track(seconds: seconds, questions: [question]))
      }
    }
    self.init(tracks)
  }
}
