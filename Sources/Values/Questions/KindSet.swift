/// Which kinds of tokens a text holds, so that what none of them calls for is not looked for.
struct KindSet {
  private var bits: UInt64 = 0

  init(_ tokens: [AnswerToken]) {
    for token in tokens { bits |= Self.bit(token.kind) }
  }

  func holds(_ kind: AnswerToken.Kind) -> Bool { bits & Self.bit(kind) != 0 }

  /// Whether something is denied: *never*, *no*, *not*.
  var hasDenial: Bool {
    holds(.never) || holds(.none) || holds(.no) || holds(.not) || holds(.lack) || holds(.negated) || holds(.cannot)
  }

  /// Whether a word stands there that `AnswerDoubts` looks for.
  var hasDoubt: Bool {
    holds(.doubt) || holds(.you) || holds(.not) || holds(.relative) || holds(.hedge) || holds(.lack) || holds(.word)
  }

  /// Whether a word stands there that `Declining` looks for.
  var hasTelling: Bool {
    holds(.cannot) || holds(.can) || holds(.listen) || holds(.ability) || holds(.tell) || holds(.never)
  }

  /// Whether a word names the answer.
  var hasMark: Bool { holds(.marker) || holds(.box) || holds(.final) }

  private static func bit(_ kind: AnswerToken.Kind) -> UInt64 { 1 << UInt64(kind.rawValue) }
}
