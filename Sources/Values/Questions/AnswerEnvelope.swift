/// Where in a completion the answer stands: outside the reasoning, inside the last complete answer tag if there is one, and before the
/// end of the turn.
struct AnswerEnvelope {
  /// Bytes that hold the answer.
  private(set) var body: Range<Int>
  /// Why there is no such place.
  private(set) var fault: Fault?
  private(set) var isTagged = false
  /// Bytes between the marks of reasoning, piece by piece; one that is never closed reaches to the end.
  private(set) var reasoning: [Range<Int>] = []
  /// Bare text without any tag, or one lower-case answer tag with nothing beside it but `<think>…</think>` before it.
  private(set) var isPrescribed = false

  init(_ bytes: Span<UInt8>) {
    body = bytes.indices
    var tags = Tags(bytes)
    var position = tags.tailStart
    while position < bytes.count, tags.end == nil {
      if EnvelopeTag.canBegin(with: bytes[position]), let tag = EnvelopeTag(bytes, at: position) {
        tags.note(tag, bytes)
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
    guard start <= end, bytes[0] == UInt8(ascii: "<"), bytes.holds(openTag, at: 0), bytes.holds(closeTag, at: end) else {
      return nil
    }
    return start..<end
  }

  private static let openTag: StaticString = "<answer>"
  private static let closeTag: StaticString = "</answer>"

  private mutating func conclude(_ tags: Tags, _ bytes: Span<UInt8>) {
    let end = tags.end ?? bytes.count
    reasoning = tags.reasoning
    if let open = tags.reasoningOpen { reasoning.append(open.range.upperBound..<max(end, open.range.upperBound)) }
    if let answer = tags.answer {
      body = answer
      isTagged = true
      isPrescribed = tags.isPrescribed(bytes)
    } else if let open = tags.answerOpen, open.isPlain, open.letters == .upper {
      body = open.range.upperBound..<end
      isTagged = true
    } else if tags.answerOpen != nil {
      fault = .unclosedTag
    } else {
      body = tags.tailStart..<(tags.reasoningOpen?.range.lowerBound ?? end)
      isPrescribed = !tags.hasMarks
      if !isPrescribed, bytes.isBlank(body) { fault = tags.reasoningOpen == nil ? .noAnswer : .unclosedTag }
    }
  }

  /// What one pass over the tags has found.
  private struct Tags {
    /// Reasoning that is still open.
    var reasoningOpen: EnvelopeTag?
    var reasoningCount = 0
    var reasoning: [Range<Int>] = []
    /// Whether all reasoning stood in `<think>`.
    var isPlain = true
    var hasMarks = false
    /// Where the first reasoning begins.
    var reasoningStart = 0
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
    /// Where the turn ends, if a mark says so.
    var end: Int?

    init(_ bytes: Span<UInt8>) {
      if let final = Self.finalChannel(bytes) {
        reasoning = [8..<(final - 14)]
        tailStart = final
        hasMarks = true
        isPlain = false
      }
    }

    mutating func note(_ tag: EnvelopeTag, _ bytes: Span<UInt8>) {
      hasMarks = true
      switch tag.kind {
      case .finalChannel:
        if reasoningOpen == nil { forget() }
        close(tag)
      case .reasoningClose:
        if reasoningOpen == nil { forget() }
        close(tag)
      case .remarkClose where reasoningOpen?.kind == .remarkOpen: close(tag)
      case .endOfMessage where reasoningOpen != nil: close(tag)
      case _ where reasoningOpen != nil: break
      case .reasoningOpen, .remarkOpen:
        // An explanation inside the answer is part of what has to be read; one after the answer ends it.
        if tag.kind == .remarkOpen, answerOpen != nil || answer != nil { break }
        if tag.kind == .remarkOpen, !bytes.isBlank(tailStart..<tag.range.lowerBound) {
          end = tag.range.lowerBound
          break
        }
        reasoningOpen = tag
        if reasoningCount == 0 { reasoningStart = tag.range.lowerBound }
      case .answerOpen:
        answerOpen = tag
        openCount += 1
        if openCount == 1 { span = tag.range }
        if tag.letters != .lower || !tag.isPlain { isLowercase = false }
      case .answerClose:
        guard let open = answerOpen else { break }
        answer = max(open.range.upperBound, tailStart)..<tag.range.lowerBound
        answerOpen = nil
        span = span.lowerBound..<tag.range.upperBound
        if tag.letters != .lower || !tag.isPlain { isLowercase = false }
      case .remarkClose: break
      case .endOfTurn, .endOfMessage:
        if answer != nil || answerOpen != nil || !bytes.isBlank(tailStart..<tag.range.lowerBound) {
          end = tag.range.lowerBound
        } else {
          tailStart = tag.range.upperBound
        }
      }
    }

    private mutating func close(_ tag: EnvelopeTag) {
      reasoning.append((reasoningOpen?.range.upperBound ?? tailStart)..<tag.range.lowerBound)
      if !tag.isPlain || reasoningOpen?.isPlain == false { isPlain = false }
      reasoningOpen = nil
      reasoningCount += 1
      tailStart = tag.range.upperBound
    }

    /// A close without an open ends reasoning that the prompt has opened: all before it was reasoning.
    private mutating func forget() {
      answerOpen = nil
      answer = nil
      openCount = 0
      isLowercase = true
      reasoningStart = 0
    }

    func isPrescribed(_ bytes: Span<UInt8>) -> Bool {
      guard openCount == 1, isLowercase, isPlain, reasoningOpen == nil, reasoningCount <= 1,
        bytes.isBlank(span.upperBound..<bytes.count)
      else { return false }
      if reasoningCount == 0 { return bytes.isBlank(0..<span.lowerBound) }
      return tailStart <= span.lowerBound && bytes.isBlank(0..<reasoningStart) && bytes.isBlank(tailStart..<span.lowerBound)
    }

    /// Where the answer begins in harmony channels whose marks were stripped: `analysis…assistantfinal0:57`.
    private static func finalChannel(_ bytes: Span<UInt8>) -> Int? {
      guard bytes.holds("analysis", at: 0) else { return nil }
      let mark: StaticString = "assistantfinal"
      var start = bytes.count - mark.utf8CodeUnitCount
      while start > 0 {
        if bytes[start] == UInt8(ascii: "a"), bytes.holds(mark, at: start) { return start + mark.utf8CodeUnitCount }
        start -= 1
      }
      return nil
    }
  }
}
