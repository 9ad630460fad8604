/// Reads a completion as an answer: one reader for training, scoring and evaluation.
///
/// **Prescribed forms**, for which `Reading.isStrict` holds; bare, or inside `<answer>…</answer>`, with or without
/// `<think>…</think>` before the tag; line breaks at either end are allowed, blanks are not:
///
///     instant     M:SS                      0:57
///     intervals   M:SS-M:SS[, …] or none    0:57-1:12, 2:10-2:25
///     choice      a capital letter          C
///     order       items joined by commas    2,1,3
///     text        anything
///
/// **Where the answer is.** In the last complete `<answer>` outside the reasoning and before the end of the turn; a tag that is
/// complete but unusable is not helped out by text around it, and a tag that is never closed is a fault: its content may have been cut.
/// Only `<ANSWER>` in capitals is a mark that needs no end, as in MusT's `<ANSWER> 00:35`. Without a tag, what follows the reasoning, in
/// whatever marks it stands (`EnvelopeTag`).
///
/// **What is meant.** What a word such as *answer*, `\boxed` or a key of that name points at, to the end of its sentence or list; else a
/// text that begins with nothing but an answer, to the end of its sentence or list; else the whole text. Remarks that show themselves
/// (brackets behind an answer, *because …*, keys such as `note`) are left out.
///
/// **How it is read** where the form is not the prescribed one: clock times with hours and fractions, seconds, minutes and
/// seconds in words, numbers in words or primes, brackets, JSON, prose, Markdown with its tables, full-width characters, words of usual
/// languages, time tokens. A bare number is seconds where nothing says otherwise; a unit behind a range is that of both ends. Several
/// different answers are hedging, and so are the times of several named things (*Flute: 0:57-1:12*, *Oboe: 2:10-2:25*): the reader does
/// not know which was asked for.
///
/// **What is no answer.** A time that its clause denies (*does not enter at 0:57*) or leaves out (*all except 0:57-1:12*); a time beside a
/// clause that says that something is not there at all (*no flute is heard; an oboe enters at 0:57*), unless the text begins with the
/// time; a length (*the first 30 seconds*, *lasting 0:15*, *the duration is 3:12*), a bound (*just under a minute*, *> 0:57*) and a
/// distance (*3 seconds later*, *30 seconds to go*). They are refused, not guessed at.
///
/// Nothing is swapped, merged, clipped or sorted: a reversed interval is a fault, a time beyond the end of the track an answer. An
/// explicit "none" is `empty`. A text that says that it cannot listen is `refused`, whatever it names, unless it names an answer as
/// such; one that says that something never happens is `absent`. Times are read to the microsecond and below 600 000 000 s, as
/// `AnswerWriter` writes them.
///
/// Time and memory are linear in the length of the text. No text traps. What holds a longer answer than `longestAnswer`,
/// reasoning aside, holds none, unless it is the prescribed form.
public struct AnswerReader: Sendable, Hashable {
  /// Bytes of the longest answer that is not in the prescribed form.
  package static let longestAnswer = 65_536

  public let form: AnswerForm

  public init(_ form: AnswerForm) {
    self.form = form
  }

  public func read(_ text: String) -> Reading {
    read(utf8: text.utf8.span)
  }

  /// Reads UTF-8; malformed bytes count as letters of no alphabet.
  public func read(utf8 bytes: Span<UInt8>) -> Reading {
    let whole = AnswerEnvelope.plainContent(bytes) ?? bytes.indices
    if let reading = StrictForms.read(bytes, whole, form: form) { return reading }
    if let reading = PlainProse.read(bytes, form.kind) { return reading }
    return readThoroughly(bytes)
  }

  /// What `read` finds in what is neither the prescribed form nor plain prose.
  package func readThoroughly(_ bytes: Span<UInt8>) -> Reading {
    if let kept = StruckText.removed(bytes) { return lenient(kept.span) }
    return lenient(bytes)
  }

  private func lenient(_ bytes: Span<UInt8>) -> Reading {
    let envelope = AnswerEnvelope(bytes)
    if let fault = envelope.fault { return .unreadable(fault) }
    if envelope.isPrescribed, let reading = StrictForms.read(bytes, envelope.body, form: form) { return reading }
    let body = FoldedText.trimmed(bytes, envelope.body)
    guard !body.isEmpty else { return .unreadable(envelope.isTagged ? .emptyTag : .blank) }
    guard body.count <= Self.longestAnswer || form.kind == .text else { return .unreadable(.noAnswer) }
    return lenient(bytes, body, isPrescribed: envelope.isPrescribed)
  }

  private func lenient(_ bytes: Span<UInt8>, _ body: Range<Int>, isPrescribed: Bool) -> Reading {
    switch form.kind {
    case .instant:
      return InstantGrammar.read(AnswerLexer.tokens(of: FoldedText.folded(bytes, body)))
    case .intervals:
      return IntervalGrammar.read(AnswerLexer.tokens(of: FoldedText.folded(bytes, body)))
    case .choice:
      return ChoiceGrammar.read(FoldedText.folded(bytes, body), form: form)
    case .order:
      return OrderGrammar.read(FoldedText.copied(bytes, body), items: form.items)
    case .text:
      let text = String(decoding: FoldedText.copied(bytes, body), as: UTF8.self)
      return Reading(outcome: .answered, answer: .text(text), isStrict: isPrescribed)
    }
  }
}
