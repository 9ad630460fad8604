/// A mark that chat templates and prompts put around the parts of a completion: reasoning, remarks, the answer, the end of the turn.
///
/// Angle brackets (`<think>`, `</ THINK >`, `<think time="3">`), special tokens (`<|end_of_thought|>`, `<|channel|>…<|message|>`), square
/// brackets in `[THINK]` and `[EOS]`, and the triangles of `◁think▷`.
struct EnvelopeTag {
  enum Kind {
    case reasoningOpen, reasoningClose
    /// Of `<explanation>` and its like: reasoning, but a close without an open says nothing of what stands before.
    case remarkOpen, remarkClose
    case answerOpen, answerClose
    /// The channel of a harmony message in which the answer stands.
    case finalChannel
    /// `<|end|>`: of a message in a reasoning channel, or of the turn.
    case endOfMessage
    case endOfTurn
  }
  enum Letters { case lower, upper, mixed }

  let kind: Kind
  let letters: Letters
  let range: Range<Int>
  /// Whether the name is the prescribed one: `think` or `answer` in angle brackets.
  let isPlain: Bool

  /// The mark whose first byte stands at `start`.
  init?(_ bytes: Span<UInt8>, at start: Int) {
    switch bytes[start] {
    case UInt8(ascii: "<"):
      guard start + 1 < bytes.count else { return nil }
      if bytes[start + 1] == UInt8(ascii: "|") {
        self.init(special: bytes, at: start)
      } else {
        self.init(angled: bytes, at: start)
      }
    case UInt8(ascii: "["): self.init(square: bytes, at: start)
    case 0xE2: self.init(triangle: bytes, at: start)
    default: return nil
    }
  }

  /// Whether a mark may begin with this byte.
  static func canBegin(with byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[") || byte == 0xE2
  }

  private init(_ kind: Kind, _ letters: Letters, _ range: Range<Int>, isPlain: Bool = false) {
    self.kind = kind
    self.letters = letters
    self.range = range
    self.isPlain = isPlain
  }

  // MARK: The four spellings

  private init?(angled bytes: Span<UInt8>, at start: Int) {
    let first = bytes[start + 1]
    guard first.isLetter || first == UInt8(ascii: "/") || first.isBlank else { return nil }
    var position = bytes.afterBlanks(from: start + 1)
    let isClose = position < bytes.count && bytes[position] == UInt8(ascii: "/")
    if isClose { position = bytes.afterBlanks(from: position + 1) }
    guard let name = Name(bytes, from: position) else { return nil }
    position = name.end
    if position < bytes.count, bytes[position] == UInt8(ascii: "|") {
      // `<channel|>` closes what `<|channel>` opens.
      guard name.key == Self.channel, position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ">") else { return nil }
      self.init(.reasoningClose, name.letters, start..<(position + 2))
      return
    }
    position = bytes.afterBlanks(from: position)
    if position < bytes.count, bytes[position] != UInt8(ascii: ">") {
      guard !isClose, position > name.end, let end = bytes.attributesEnd(from: position) else { return nil }
      position = end
    }
    guard position < bytes.count, let role = Self.roles[name.key] else { return nil }
    let range = start..<(position + 1)
    switch role {
    case .reasoning:
      self.init(isClose ? .reasoningClose : .reasoningOpen, name.letters, range, isPlain: name.key == Self.think)
    case .closer: self.init(.reasoningClose, name.letters, range)
    case .remark: self.init(isClose ? .remarkClose : .remarkOpen, name.letters, range)
    case .answer: self.init(isClose ? .answerClose : .answerOpen, name.letters, range, isPlain: name.key == Self.answer)
    case .end:
      // `<s>` begins a text or strikes words out.
      guard isClose || name.key != Self.sentence else { return nil }
      self.init(.endOfTurn, name.letters, range)
    }
  }

  private init?(special bytes: Span<UInt8>, at start: Int) {
    var position = start + 2
    let isClose = position < bytes.count && bytes[position] == UInt8(ascii: "/")
    if isClose { position += 1 }
    guard let name = Name(bytes, from: position) else { return nil }
    position = name.end
    let isBar = position < bytes.count && bytes[position] == UInt8(ascii: "|")
    if isBar { position += 1 }
    guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else { return nil }
    let range = start..<(position + 1)
    if name.key == Self.channel {
      guard isBar else {
        self.init(.reasoningOpen, name.letters, range)
        return
      }
      guard let (end, isFinal) = bytes.message(from: range.upperBound) else { return nil }
      self.init(isFinal ? .finalChannel : .reasoningOpen, name.letters, start..<end)
      return
    }
    guard isBar, let kind = Self.specials[name.key] else { return nil }
    switch (kind, isClose) {
    case (.reasoningOpen, true): self.init(.reasoningClose, name.letters, range)
    case (_, true): return nil
    case (let kind, false): self.init(kind, name.letters, range)
    }
  }

  private init?(square bytes: Span<UInt8>, at start: Int) {
    var position = start + 1
    let isClose = position < bytes.count && bytes[position] == UInt8(ascii: "/")
    if isClose { position += 1 }
    guard let name = Name(bytes, from: position), name.end < bytes.count, bytes[name.end] == UInt8(ascii: "]"),
      let role = Self.squareRoles[name.key]
    else { return nil }
    let range = start..<(name.end + 1)
    if role == .end {
      self.init(.endOfTurn, name.letters, range)
    } else {
      self.init(isClose ? .reasoningClose : .reasoningOpen, name.letters, range)
    }
  }

  private init?(triangle bytes: Span<UInt8>, at start: Int) {
    guard bytes.holds(0xE2, 0x97, 0x81, at: start) else { return nil }
    var position = start + 3
    let isClose = position < bytes.count && bytes[position] == UInt8(ascii: "/")
    if isClose { position += 1 }
    guard let name = Name(bytes, from: position), Self.roles[name.key] == .reasoning,
      bytes.holds(0xE2, 0x96, 0xB7, at: name.end)
    else { return nil }
    self.init(isClose ? .reasoningClose : .reasoningOpen, name.letters, start..<(name.end + 3))
  }

  // MARK: Names

  /// A name in a mark, in lower case, and how it was written.
  private struct Name {
    private(set) var key = AnswerKeywords.Key()
    let end: Int
    let letters: Letters

    /// `nil` where no name of at most 24 bytes stands.
    init?(_ bytes: Span<UInt8>, from start: Int) {
      var position = start
      var capitals = 0
      while position < bytes.count, position - start <= 24, Self.canHold(bytes[position]) {
        if bytes[position].isCapital { capitals += 1 }
        key.append(bytes[position].lowercased)
        position += 1
      }
      guard (1...24).contains(position - start) else { return nil }
      end = position
      letters = capitals == 0 ? .lower : capitals == position - start ? .upper : .mixed
    }

    private static func canHold(_ byte: UInt8) -> Bool {
      byte.isLetter || byte.isDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
    }
  }

  private enum Role { case reasoning, closer, remark, answer, end }

  private static let think = AnswerKeywords.Key("think")
  private static let answer = AnswerKeywords.Key("answer")
  private static let channel = AnswerKeywords.Key("channel")
  private static let sentence = AnswerKeywords.Key("s")

  private static let roles = table([
    (
      Role.reasoning,
      "think thinking thought thoughts reasoning reason analysis scratchpad reflection reflections rationale deliberation cot "
        + "seed:think seed_think antthinking ant_thinking monologue inner_monologue internal_monologue longcat_think mm:think "
        + "chain_of_thought begin_of_thought unused94"
    ),
    (.closer, "unused95"),
    (.remark, "explanation explain note notes comment comments remark justification evidence"),
    (.answer, "answer final_answer finalanswer final solution response"),
    (.end, "s eos eot end_of_turn end_of_text endoftext im_end pad"),
  ])

  private static let specials = table([
    (
      Kind.reasoningOpen,
      "think thinking thought begin_of_thought start_thinking inner_prefix reasoning begin_of_thinking thinking_start start_of_thought"
    ),
    (
      .reasoningClose,
      "end_of_thought end_thinking inner_suffix end_of_thinking thinking_end end_thought"
    ),
    (.answerOpen, "begin_of_solution start_response begin_of_box begin_of_answer answer"),
    (.answerClose, "end_of_solution end_response end_of_box end_of_answer"),
    (.endOfMessage, "end"),
    (
      .endOfTurn,
      "im_end eot_id eom_id endoftext end_of_text return eos eot end_of_turn_token end_of_turn user im_start call pad endofprompt"
    ),
  ])

  private static let squareRoles = table([
    (Role.reasoning, "think thinking thought thoughts reasoning"), (.end, "eos eot end_of_turn"),
  ])

  private static func table<Value>(_ entries: [(Value, String)]) -> [AnswerKeywords.Key: Value] {
    Dictionary(
      uniqueKeysWithValues: entries.flatMap { value, names in
        names.split(separator: " ").map { (AnswerKeywords.Key(String($0)), value) }
      })
  }
}

extension Span<UInt8> {
  func afterBlanks(from start: Int) -> Int {
    var position = start
    while position < count, self[position].isBlank { position += 1 }
    return position
  }

  fileprivate func holds(_ first: UInt8, _ second: UInt8, _ third: UInt8, at start: Int) -> Bool {
    start + 2 < count && self[start] == first && self[start + 1] == second && self[start + 2] == third
  }

  /// Where the `>` stands that ends attributes: at most 64 bytes on.
  fileprivate func attributesEnd(from start: Int) -> Int? {
    var position = start
    var hasValue = false
    while position < count, position - start < 64 {
      switch self[position] {
      case UInt8(ascii: ">"): return hasValue ? position : nil
      case UInt8(ascii: "<"), UInt8(ascii: "\n"): return nil
      case UInt8(ascii: "="): hasValue = true
      default: break
      }
      position += 1
    }
    return nil
  }

  /// The end of `<|message|>` after the name of a channel, and whether that is *final*.
  fileprivate func message(from start: Int) -> (end: Int, isFinal: Bool)? {
    var position = start
    while position < count, position - start < 64, self[position] != UInt8(ascii: "<") { position += 1 }
    let mark: StaticString = "<|message|>"
    guard position + mark.utf8CodeUnitCount <= count, holds(mark, at: position) else { return nil }
    let name: StaticString = "final"
    let isFinal = start + name.utf8CodeUnitCount <= position && holds(name, at: start)
    return (position + mark.utf8CodeUnitCount, isFinal)
  }

  func holds(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where self[start + offset] != text.utf8Start[offset] { return false }
    return true
  }

  func isBlank(_ range: Range<Int>) -> Bool {
    for position in range where !self[position].isBlank { return false }
    return true
  }
}
