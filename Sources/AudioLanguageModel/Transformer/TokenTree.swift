package import Policies
package import Tensors

/// Tracks, the questions about each and the completions of each, laid out as rows of one matrix.
///
/// All audio rows come first, track after track; then question and completion rows, question after question. A question
/// sees its track, a completion its track and its question, so that a track is computed once for all questions about it and a
/// question once for all its completions. A completion of n tokens has n − 1 rows: its first token is predicted from the last
/// row of the question, its last token is never read.
package struct TokenTree: Sendable {
  package struct Question {
    package var tokens: [Token]
    package var completions: [[Token]]

    package init(tokens: [Token], completions: [[Token]]) {
      self.tokens = tokens
      self.completions = completions
    }
  }

  package struct Track {
    /// Audio rows.
    package var seconds: Int
    package var questions: [Question]

    package init(seconds: Int, questions: [Question]) {
      self.seconds = seconds
      self.questions = questions
    }
  }

  package private(set) var segments: [AttentionSegment] = []
  package private(set) var audioRowCount = 0
  /// The second that each audio row stands for.
  package private(set) var audioSeconds: [Int] = []
  /// The token and the position of each text row.
  package private(set) var textTokens: [Token] = []
  package private(set) var textPositions: [Int32] = []
  /// For each question the segments of its track and of itself, in the order of questions.
  package private(set) var questionSegments: [(track: Int, question: Int)] = []
  /// Rows that predict a token, ascending: the last of each question, all of each completion.
  package private(set) var predictingRows: [Int] = []
  /// For each completion token, in order, its predicting row by its place among `predictingRows`, and the token.
  package private(set) var predictions: [Int] = []
  package private(set) var targets: [Token] = []

  package var rowCount: Int { audioRowCount + textTokens.count }

  /// - Parameter multiple: rows without a segment are added until the number of rows is a multiple of this.
  package init(_ tracks: [Track], paddedTo multiple: Int = 1) {
    for track in tracks {
      segments.append(AttentionSegment(rows: audioRowCount..<audioRowCount + track.seconds))
      audioRowCount += track.seconds
      audioSeconds += 0..<track.seconds
    }
    for (index, track) in tracks.enumerated() {
      for question in track.questions {
        let segment = segments.count
        appendText(question.tokens[...], from: 0, ancestors: [index])
        questionSegments.append((track: index, question: segment))
        let first = predictingRows.count
        predictingRows.append(rowCount - 1)
        for completion in question.completions where !completion.isEmpty {
          predictions.append(first)
          predictions += predictingRows.count..<predictingRows.count + completion.count - 1
          predictingRows += rowCount..<rowCount + completion.count - 1
          targets += completion
          if completion.count > 1 {
            appendText(completion.dropLast(), from: question.tokens.count, ancestors: [index, segment])
          }
        }
      }
    }
    while rowCount % multiple != 0 {
      textTokens.append(Vocabulary.begin)
      textPositions.append(0)
    }
  }

  private mutating func appendText(_ tokens: ArraySlice<Token>, from position: Int, ancestors: [Int]) {
    segments.append(AttentionSegment(rows: rowCount..<rowCount + tokens.count, ancestors: ancestors))
    textTokens += tokens
    textPositions += (position..<position + tokens.count).map(Int32.init)
  }
}
