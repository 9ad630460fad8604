/// A run of consecutive rows of an attention batch and what it may look at besides itself.
///
/// A prompt with its completions is one segment for the prompt and one for each completion, whose only ancestor is the
/// prompt: the prompt is computed once, however many completions hang on it.
package struct AttentionSegment: Sendable, Hashable {
  /// The rows, each in one segment only.
  package var rows: Range<Int>
  /// Indices of earlier segments, outermost first; every row of these is seen by every row here.
  package var ancestors: [Int]
  /// Whether a row sees only itself and earlier rows of its own segment; otherwise it sees the whole segment.
  package var isCausal: Bool

  package init(rows: Range<Int>, ancestors: [Int] = [], isCausal: Bool = true) {
    self.rows = rows
    self.ancestors = ancestors
    self.isCausal = isCausal
  }
}
