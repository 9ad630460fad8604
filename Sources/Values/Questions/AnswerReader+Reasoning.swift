extension AnswerReader {
  /// What a completion thought aloud: what stands in `<think>` or a mark like it, pieces apart by a line, without blanks around them.
  ///
  /// Without an opening mark it is all before the closing one, as where the prompt opened it; without a closing mark, all to the end.
  /// `nil` where there is no such mark, or nothing in it.
  package static func reasoning(in text: String) -> String? {
    let bytes = text.utf8.span
    let pieces = AnswerEnvelope(bytes).reasoning.map { FoldedText.trimmed(bytes, $0) }.filter { !$0.isEmpty }
    guard !pieces.isEmpty else { return nil }
    return pieces.map { String(decoding: FoldedText.copied(bytes, $0), as: UTF8.self) }.joined(separator: "\n")
  }
}
