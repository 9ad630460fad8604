/// Where in a completion the answer stands: outside the reasoning, inside the last complete answer tag if there is one.
struct AnswerEnvelope {
  /// Bytes that hold the answer.
  private(set) var body: Range<Int>
  /// Why there is no such place.
  private(set) var fault: Fault?
  private(set) var isTagged = false
  /// Bare text without any tag, or one lower-case answer tag with nothing beside it but reasoning before it.
  private(set) var isPrescribed = false

  init(_ bytes: Span<UInt8>) {
    body = bytes.indices
    var tags = Tags()
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "<"), let tag = EnvelopeTag(bytes, at: position) {
        tags.note(tag)
        position = tag.range.upperBound
      } else {
        position += 1
      }
    }
    conclude(tags, bytes)
  }

  /// What stands between `<answer>` at the very start and `</answer>` at the very end, if that is the whole text.
  ///
  /// For content that is checked to hold no other tag: it spares the search for one.
  static func plainContent(_ bytes: Span<UInt8>) -> Range<Int>? {
    let start = openTag.utf8CodeUnitCount
    let end = bytes.count - closeTag.utf8CodeUnitCount
    guard start <= end, bytes.holds(openTag, at: 0), bytes.holds(closeTag, at: end) else { return nil }
    return start..<end
  }

  private static let openTag: StaticString = "<answer>"
  private static let closeTag: StaticString = "</answer>"

  private mutating func conclude(_ tags: Tags, _ bytes: Span<UInt8>) {
    if let answer = tags.answer {
      body = answer
      isTagged = true
      isPrescribed = tags.isPrescribed(bytes)
    } else if tags.answerOpen?.letters == .upper {
      body = (tags.answerOpen?.range.upperBound ?? 0)..<bytes.count
      isTagged = true
    } else if tags.answerOpen != nil {
      fault = .unclosedTag
    } else {
      body = tags.tailStart..<(tags.thinkOpen?.range.lowerBound ?? bytes.count)
      isPrescribed = tags.thinkOpen == nil && tags.thinkCount == 0
      if !isPrescribed, bytes.isBlank(body) { fault = tags.thinkOpen == nil ? .noAnswer : .unclosedTag }
    }
  }

  /// What one pass over the tags has found.
  private struct Tags {
    var thinkOpen: EnvelopeTag?
    var thinkCount = 0
    /// Where the first reasoning begins.
    var thinkStart = 0
    /// Where the text after the last reasoning begins.
    var tailStart = 0
    /// A tag that is still open.
    var answerOpen: EnvelopeTag?
    /// Content of the last complete tag.
    var answer: Range<Int>?
    /// From the first opening bracket to the last closing one.
    var span = 0..<0
    var openCount = 0
    var isLowercase = true

    mutating func note(_ tag: EnvelopeTag) {
      switch tag.kind {
      case .thinkClose:
        if thinkOpen == nil { forget() }
        thinkOpen = nil
        thinkCount += 1
        tailStart = tag.range.upperBound
      case _ where thinkOpen != nil:
        break
      case .thinkOpen:
        thinkOpen = tag
        if thinkCount == 0 { thinkStart = tag.range.lowerBound }
      case .answerOpen:
        answerOpen = tag
        openCount += 1
        if openCount == 1 { span = tag.range }
        if tag.letters != .lower { isLowercase = false }
      case .answerClose:
        guard let open = answerOpen else { break }
        answer = max(open.range.upperBound, tailStart)..<tag.range.lowerBound
        answerOpen = nil
        span = span.lowerBound..<tag.range.upperBound
        if tag.letters != .lower { isLowercase = false }
      }
    }

    /// A close without an open ends reasoning that the prompt has opened: all before it was reasoning.
    private mutating func forget() {
      answerOpen = nil
      answer = nil
      openCount = 0
      isLowercase = true
      thinkStart = 0
    }

    func isPrescribed(_ bytes: Span<UInt8>) -> Bool {
      guard openCount == 1, isLowercase, thinkOpen == nil, thinkCount <= 1, bytes.isBlank(span.upperBound..<bytes.count) else {
        return false
      }
      if thinkCount == 0 { return bytes.isBlank(0..<span.lowerBound) }
      return tailStart <= span.lowerBound && bytes.isBlank(0..<thinkStart) && bytes.isBlank(tailStart..<span.lowerBound)
    }
  }
}

/// `<think>`, `</think>`, `<answer>` or `</answer>`, in any case, with blanks around the name.
private struct EnvelopeTag {
  enum Kind { case thinkOpen, thinkClose, answerOpen, answerClose }
  enum Letters { case lower, upper, mixed }

  let kind: Kind
  let letters: Letters
  let range: Range<Int>

  /// The tag whose angle bracket stands at `start`.
  init?(_ bytes: Span<UInt8>, at start: Int) {
    guard start + 1 < bytes.count, Self.canFollow(bytes[start + 1]) else { return nil }
    var position = bytes.afterBlanks(from: start + 1)
    let isClose = position < bytes.count && bytes[position] == UInt8(ascii: "/")
    if isClose { position = bytes.afterBlanks(from: position + 1) }
    let nameStart = position
    var name: UInt64 = 0
    var capitals = 0
    while position < bytes.count, position - nameStart < 7, bytes[position].isLetter {
      name = name << 8 | UInt64(bytes[position].lowercased)
      if bytes[position].isCapital { capitals += 1 }
      position += 1
    }
    letters = capitals == 0 ? .lower : capitals == position - nameStart ? .upper : .mixed
    position = bytes.afterBlanks(from: position)
    guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else { return nil }
    range = start..<(position + 1)
    switch name {
    case Self.answer: kind = isClose ? .answerClose : .answerOpen
    case Self.think: kind = isClose ? .thinkClose : .thinkOpen
    default: return nil
    }
  }

  /// Whether a tag may go on with this byte; most angle brackets are ruled out here.
  private static func canFollow(_ byte: UInt8) -> Bool {
    byte.lowercased == UInt8(ascii: "a") || byte.lowercased == UInt8(ascii: "t") || byte == UInt8(ascii: "/") || byte.isBlank
  }

  private static let answer: UInt64 = 0x616E_7377_6572
  private static let think: UInt64 = 0x7468_696E_6B
}

extension Span<UInt8> {
  fileprivate func holds(_ text: StaticString, at start: Int) -> Bool {
    for offset in 0..<text.utf8CodeUnitCount where self[start + offset] != text.utf8Start[offset] { return false }
    return true
  }

  fileprivate func afterBlanks(from start: Int) -> Int {
    var position = start
    while position < count, self[position].isBlank { position += 1 }
    return position
  }

  fileprivate func isBlank(_ range: Range<Int>) -> Bool {
    for position in range where !self[position].isBlank { return false }
    return true
  }
}
