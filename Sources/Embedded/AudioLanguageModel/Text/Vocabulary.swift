package import Policies

/// The words, marks and times that the policy reads and writes; one token each.
///
/// A second of the track is one token, `0:00` up to the last of `maximumSeconds`, so an instant is one decision and an interval
/// is two. Tokens are laid out as marks, words, additional words, times: a checkpoint depends on the words in this order.
package struct Vocabulary: Sendable, Hashable {
  /// Ends a question: what follows is the answer.
  package static let begin: Token = 0
  /// Ends an answer.
  package static let end: Token = 1

  /// What each token is written as.
  package let texts: [String]
  /// How many seconds have a token of their own: 0 ..< this.
  package let maximumSeconds: Int

  private let tokens: [String: Token]
  private let firstTime: Token

  /// A vocabulary that also knows `additionalWords`, which may repeat known ones but hold no blanks.
  package init(maximumSeconds: Int = 64, additionalWords: [String] = []) {
    precondition(maximumSeconds > 0, "a vocabulary needs at least one time")
    var texts: [String] = []
    var tokens: [String: Token] = [:]
    for word in Self.marks + Self.words + additionalWords where tokens[word] == nil {
      tokens[word] = Token(texts.count)
      texts.append(word)
    }
    firstTime = Token(texts.count)
    for second in 0..<maximumSeconds {
      texts.append(Self.clock(second))
    }
    self.texts = texts
    self.tokens = tokens
    self.maximumSeconds = maximumSeconds
  }

  package var count: Int { texts.count }

  /// The token of a word or mark exactly as written here.
  package func token(ofWord word: String) -> Token? { tokens[word] }

  /// The token of a whole second; `nil` past the last.
  package func token(ofSecond second: Int) -> Token? {
    (0..<maximumSeconds).contains(second) ? firstTime + Token(second) : nil
  }

  /// The second that a token names; `nil` for a word or mark.
  package func second(of token: Token) -> Int? {
    token >= firstTime && token < Token(count) ? Int(token - firstTime) : nil
  }

  /// Whole seconds as `M:SS`.
  package static func clock(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
