#if Whole
  import Files

  /// Reads a ``RunCondition`` by recursive descent.
  struct RunConditionParser {
    private enum Token: Hashable {
      case word(String)
      case quoted(String)
      case sign(String)
      case open, close, end

      var words: String {
        switch self {
        case .word(let word): "'\(word)'"
        case .quoted(let text): "\"\(text)\""
        case .sign(let sign): "'\(sign)'"
        case .open: "'('"
        case .close: "')'"
        case .end: "the end"
        }
      }
    }

    private static let signs = ["!=", "<=", ">=", "=", "<", ">"]
    private static let keywords: Set = ["and", "or", "not"]
    /// Parentheses and `not`s within each other; more would exhaust the stack.
    private static let maximumDepth = 200

    private let text: String
    private let characters: [Character]
    private var offset = 0
    /// Where the current token begins, counted from 0.
    private var start = 0
    private var token = Token.end
    private var depth = 0
    private(set) var names: [(name: String, position: Int)] = []

    init(_ text: String) {
      self.text = text
      characters = Array(text)
    }

    mutating func whole() throws(NamedError) -> RunCondition.Node {
      try advance()
      guard token != .end else { throw failure("is empty: write such as algorithm = grpo and reward/mean > 0.5") }
      let node = try condition()
      guard token == .end else { throw failure("'and' or 'or' is missing before \(token.words)") }
      return node
    }

    private mutating func condition() throws(NamedError) -> RunCondition.Node {
      var node = try conjunction()
      while isWord("or") {
        try advance()
        node = .or(node, try conjunction())
      }
      return node
    }

    private mutating func conjunction() throws(NamedError) -> RunCondition.Node {
      var node = try negation()
      while isWord("and") {
        try advance()
        node = .and(node, try negation())
      }
      return node
    }

    private mutating func negation() throws(NamedError) -> RunCondition.Node {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.maximumDepth else { throw failure("is nested more than \(Self.maximumDepth) deep") }
      if isWord("not") {
        try advance()
        return .not(try negation())
      }
      if token == .open {
        try advance()
        let node = try condition()
        guard token == .close else { throw failure("')' is missing before \(token.words)") }
        try advance()
        return node
      }
      return try comparison()
    }

    private mutating func comparison() throws(NamedError) -> RunCondition.Node {
      let name: String
      switch token {
      case .word(let word) where !Self.keywords.contains(word.lowercased()): name = word
      case .quoted(let text): name = text
      default: throw failure("a name is expected, such as reward/mean, not \(token.words)")
      }
      names.append((name, start + 1))
      try advance()
      guard case .sign(let sign) = token else {
        throw failure("one of \(Self.signs.sorted().joined(separator: " ")) is expected after '\(name)', not \(token.words)")
      }
      try advance()
      let value: RunRecord.Fact
      switch token {
      case .quoted(let text): value = .text(text)
      case .word(let word) where !Self.keywords.contains(word.lowercased()):
        value = Double(word).map { .number($0) } ?? .text(word)
      default: throw failure("a number, a word or a quoted text is expected after \(sign), not \(token.words)")
      }
      try advance()
      return .comparison(name: name, sign: sign, value: value)
    }

    private func isWord(_ keyword: String) -> Bool {
      if case .word(let word) = token { word.lowercased() == keyword } else { false }
    }

    private mutating func advance() throws(NamedError) {
      while offset < characters.count, characters[offset].isWhitespace { offset += 1 }
      start = offset
      guard offset < characters.count else {
        token = .end
        return
      }
      let character = characters[offset]
      if character == "(" || character == ")" {
        offset += 1
        token = character == "(" ? .open : .close
      } else if character == "\"" || character == "'" {
        token = .quoted(try quoted(character))
      } else if let sign = Self.signs.first(where: { characters[offset...].starts(with: Array($0)) }) {
        offset += sign.count
        token = .sign(sign)
      } else {
        while offset < characters.count, !characters[offset].isWhitespace, !"()\"'=<>!".contains(characters[offset]) {
          offset += 1
        }
        guard offset > start else { throw failure("'\(character)' stands alone: the signs are = != < <= > >=") }
        token = .word(String(characters[start..<offset]))
      }
    }

    /// A text up to the same quote; a quote in it is written twice.
    private mutating func quoted(_ quote: Character) throws(NamedError) -> String {
      var inner = ""
      offset += 1
      while offset < characters.count {
        if characters[offset] == quote {
          offset += 1
          guard offset < characters.count, characters[offset] == quote else { return inner }
        }
        inner.append(characters[offset])
        offset += 1
      }
      throw failure("the quote that begins here is not closed")
    }

    private func failure(_ message: String) -> NamedError { Self.error(message, at: start + 1, in: text) }

    static func error(_ message: String, at position: Int, in text: String) -> NamedError {
      NamedError(
        "the condition cannot be used, character \(position): \(message)\n  \(text)\n  \(String(repeating: " ", count: position - 1))^"
      )
    }
  }
#endif
