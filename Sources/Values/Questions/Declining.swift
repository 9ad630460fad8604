/// Texts that give no answer although they may name a time: *I cannot listen to audio*, *the piano never plays*.
enum Declining {
  /// `refused` where the text says that it cannot hear or tell, `absent` where a sentence without a time says that what is asked about
  /// never happens; `nil` for other texts.
  static func fault(_ tokens: [AnswerToken], _ kinds: KindSet) -> Fault? {
    guard kinds.hasTelling else { return nil }
    var hasApology = false
    var hasCannot = false
    var isAbsent = false
    var sentence = Sentence()
    for token in tokens {
      switch token.kind {
      case .apology: hasApology = true
      case .cannot: if sentence.last != .you { hasCannot = true }
      default: break
      }
      if token.isEnd {
        if sentence.isRefusal { return .refused }
        isAbsent = isAbsent || sentence.isAbsent
        sentence = Sentence()
      } else {
        sentence.take(token.kind)
      }
    }
    if sentence.isRefusal || (hasApology && hasCannot) { return .refused }
    return isAbsent || sentence.isAbsent ? .absent : nil
  }

  static func isRefusal(_ bytes: [UInt8]) -> Bool {
    let tokens = AnswerLexer.tokens(of: bytes)
    return fault(tokens, KindSet(tokens)) == .refused
  }

  /// Why a text without a time gives none: `refused`, `absent`, or `noAnswer`.
  static func reason(_ tokens: [AnswerToken]) -> Fault {
    if let fault = fault(tokens, KindSet(tokens)) { return fault }
    var sinceDenial = 99
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .no where index > 0 && tokens[index - 1].kind == .copula: return .absent
      case .no, .lack, .not, .none: sinceDenial = 0
      case .presence, .listen: if sinceDenial <= 6 { return .absent }
      case .stop, .newline: sinceDenial = 99
      default: sinceDenial = min(99, sinceDenial + 1)
      }
    }
    return .noAnswer
  }

  /// How many tokens ago something was said in a sentence decides what it says.
  private struct Sentence {
    private var sinceCannot = 99
    private var sinceCan = 99
    private var sinceLack = 99
    private var sinceListen = 99
    private var isDenied = false
    private(set) var isRefusal = false
    private var hasTime = false
    private var isNever = false
    private(set) var last = AnswerToken.Kind.stop

    var isAbsent: Bool { isNever && !hasTime }

    mutating func take(_ kind: AnswerToken.Kind) {
      switch kind {
      case .cannot where last != .you:
        sinceCannot = 0
        if sinceListen <= 3 { isRefusal = true }
      case .can where last != .you:
        sinceCan = 0
        if isDenied, sinceListen <= 3 { isRefusal = true }
      case .lack where last != .you: sinceLack = 0
      case .not where last != .you:
        isDenied = true
        sinceLack = 0
      case .not, .no, .none: isDenied = true
      case .listen, .ability, .tell:
        if sinceCannot <= 6 || (isDenied && sinceCan <= 8) || (kind == .ability && sinceLack <= 4) { isRefusal = true }
        if kind == .listen { sinceListen = 0 }
      case .never: isNever = true
      case .marker: if sinceCannot <= 1 { isRefusal = true }
      case .clock, .seconds, .number, .fault, .range, .hedge, .relative, .length: hasTime = true
      default: break
      }
      sinceCannot = min(99, sinceCannot + 1)
      sinceCan = min(99, sinceCan + 1)
      sinceLack = min(99, sinceLack + 1)
      sinceListen = min(99, sinceListen + 1)
      last = kind
    }
  }
}
