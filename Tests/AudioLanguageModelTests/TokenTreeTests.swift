import AudioLanguageModel
import Policies
import Tensors
import Testing

@Suite("TokenTree")
struct TokenTreeTests {
  let tracks = [
    TokenTree.Track(
      seconds: 3,
      questions: [
        .init(tokens: [10, 11], completions: [[20, 21, 1], [1]]), .init(tokens: [12], completions: []),
      ]),
    TokenTree.Track(seconds: 2, questions: [.init(tokens: [13, 14, 15], completions: [[], [22, 1]])]),
  ]

  @Test("audio rows first, then each question with its completions, which lack their last token")
  func rows() {
    let tree = TokenTree(tracks)
    #expect(tree.audioRowCount == 5)
    #expect(tree.audioSeconds == [0, 1, 2, 0, 1])
    #expect(tree.textTokens == [10, 11, 20, 21, 12, 13, 14, 15, 22])
    #expect(tree.textPositions == [0, 1, 2, 3, 0, 0, 1, 2, 3])
    #expect(
      tree.segments == [
        AttentionSegment(rows: 0..<3), AttentionSegment(rows: 3..<5),
        AttentionSegment(rows: 5..<7, ancestors: [0]), AttentionSegment(rows: 7..<9, ancestors: [0, 2]),
        AttentionSegment(rows: 9..<10, ancestors: [0]),
        AttentionSegment(rows: 10..<13, ancestors: [1]), AttentionSegment(rows: 13..<14, ancestors: [1, 5]),
      ])
  }

  @Test("a completion's first token is predicted from its question, each other one from the token before")
  func predictions() {
    let tree = TokenTree(tracks)
    #expect(tree.predictingRows == [6, 7, 8, 9, 12, 13])
    #expect(tree.predictions == [0, 1, 2, 0, 4, 5])
    #expect(tree.targets == [20, 21, 1, 1, 22, 1])
  }

  @Test("a text row knows the tokens before it, over the end of the question but not past its start")
  func preceding() {
    let tree = TokenTree(tracks, layout: .init(audioIsCausal: false, precedingTokens: 2))
    // Text rows: 10 11 | 20 21 | 12 | 13 14 15 | 22.
    #expect(
      tree.preceding == [
        .init(rows: [1, 2, 3, 6, 7, 8], tokens: [10, 11, 20, 13, 14, 15]),
        .init(rows: [2, 3, 7, 8], tokens: [10, 11, 13, 14]),
      ])
    #expect(tree.segments.prefix(2).allSatisfy { !$0.isCausal } && tree.segments.dropFirst(2).allSatisfy(\.isCausal))
    #expect(TokenTree(tracks).preceding.isEmpty)
  }

  @Test("padding adds rows that belong to no segment")
  func padding() {
    let tree = TokenTree(tracks, paddedTo: 12)
    #expect(tree.rowCount == 24)
    #expect(tree.segments == TokenTree(tracks).segments)
  }
}
