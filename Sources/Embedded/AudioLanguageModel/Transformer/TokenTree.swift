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
    /// The second that each audio row stands for.
    package var audioSeconds: [Int]
    package var questions: [Question]

    package init(audioSeconds: [Int], questions: [Question]) {
      self.audioSeconds = audioSeconds
      self.questions = questions
    }

    /// A track with an audio row for each of its first seconds.
    package init(seconds: Int, questions: [Question]) {
      self.init(audioSeconds: Array(0..<seconds), questions: questions)
    }
  }

  /// What of a tree is the model's choice.
  package struct Layout: Sendable, Hashable {
    /// Whether audio rows see those before them only.
    package var audioIsCausal: Bool
    /// How many tokens before it a text row also holds.
    package var precedingTokens: Int

    package init(audioIsCausal: Bool = true, precedingTokens: Int = 0) {
      self.audioIsCausal = audioIsCausal
      self.precedingTokens = precedingTokens
    }
  }

  /// Text rows that have a token some places before them, and which.
  package struct Preceding: Sendable, Hashable {
    package var rows: [Int]
    package var tokens: [Token]

    package init(rows: [Int] = [], tokens: [Token] = []) {
      self.rows = rows
      self.tokens = tokens
    }
  }

  package private(set) var segments: [AttentionSegment] = []
  package private(set) var audioRowCount = 0
  /// The second that each audio row stands for.
  package private(set) var audioSeconds: [Int] = []
  /// The token and the position of each text row.
  package private(set) var textTokens: [Token] = []
  package private(set) var textPositions: [Int32] = []
  /// For k = 1, 2, … the text rows (counted among text rows) with the token k places before each.
  package private(set) var preceding: [Preceding]
  /// For each question the segments of its track and of itself, in the order of questions.
  package private(set) var questionSegments: [(track: Int, question: Int)] = []
  /// Rows that predict a token, ascending: the last of each question, all of each completion.
  package private(set) var predictingRows: [Int] = []
  /// For each completion token, in order, its predicting row by its place among `predictingRows`, and the token.
  package private(set) var predictions: [Int] = []
  package private(set) var targets: [Token] = []

  package var rowCount: Int { audioRowCount + textTokens.count }

  /// - Parameter multiple: rows without a segment are added until the number of rows is a multiple of this.
  package init(_ tracks: [Track], layout: Layout = Layout(), paddedTo multiple: Int = 1) {
    preceding = Array(repeating: Preceding(), count: layout.precedingTokens)
    for track in tracks {
      segments.append(
        AttentionSegment(rows: audioRowCount..<audioRowCount + track.audioSeconds.count, isCausal: layout.audioIsCausal))
      audioRowCount += track.audioSeconds.count
      audioSeconds += track.audioSeconds
    }
    for (index, track) in tracks.enumerated() {
      for question in track.questions {
        let segment = segments.count
        appendText(question.tokens[...], after: [], ancestors: [index])
        questionSegments.append((track: index, question: segment))
        let first = predictingRows.count
        predictingRows.append(rowCount - 1)
        for completion in question.completions where !completion.isEmpty {
          predictions.append(first)
          predictions += predictingRows.count..<predictingRows.count + completion.count - 1
          predictingRows += rowCount..<rowCount + completion.count - 1
          targets += completion
          if completion.count > 1 {
            appendText(completion.dropLast(), after: question.tokens, ancestors: [index, segment])
          }
        }
      }
    }
    while rowCount % multiple != 0 {
      textTokens.append(Vocabulary.begin)
      textPositions.append(0)
    }
  }

  private mutating func appendText(_ tokens: ArraySlice<Token>, after history: [Token], ancestors: [Int]) {
    segments.append(AttentionSegment(rows: rowCount..<rowCount + tokens.count, ancestors: ancestors))
    let position = history.count
    let whole = history + tokens
    for lag in preceding.indices {
      for index in whole.indices.dropFirst(max(position, lag + 1)) {
        preceding[lag].rows.append(textTokens.count + index - position)
        preceding[lag].tokens.append(whole[index - lag - 1])
      }
    }
    textTokens += tokens
    textPositions += (position..<position + tokens.count).map(Int32.init)
  }
}
