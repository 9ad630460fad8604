/// Options named by their texts: the whole text of one, or the order that one stands for.
struct ChoiceTexts {
  private let texts: [[[UInt8]]]

  init(_ choices: [String]) {
    texts = choices.map { Self.words(FoldedText.folded(Array($0.utf8).span, 0..<$0.utf8.count)[...]) }
  }

  /// The option whose text this is, behind no more than words such as *the answer is*; `nil` where it is none, or that of several.
  func option(named bytes: [UInt8]) -> Int? {
    let words = Self.words(bytes[...])
    return option(words) ?? Self.behindMark(words).flatMap(option) ?? ordered(bytes)
  }

  /// Whether what follows the letter of one option is the text of another.
  func contradicts(_ index: Int, _ bytes: [UInt8]) -> Bool {
    let words = Self.words(bytes[...])
    guard let letter = words.firstIndex(where: { $0.count == 1 && Int($0[0]) - Int(UInt8(ascii: "a")) == index }) else {
      return false
    }
    let rest = words[(letter + 1)...].drop { Self.keys.contains(AnswerKeywords.Key($0[...])) }
    guard let other = option(Array(rest)) else { return false }
    return other != index
  }

  /// Keys of the text beside a letter.
  private static let keys = Set(
    "text label content description option value name answer".split(separator: " ").map { AnswerKeywords.Key(String($0)) })

  /// Words that name an option as *answer* does, at the start of a text.
  private static let choosing = Set(
    "choice option selected selection opcion opzione opcao auswahl wahl choix".split(separator: " ").map {
      AnswerKeywords.Key(String($0))
    })

  private func option(_ words: [[UInt8]]) -> Int? {
    guard !words.isEmpty else { return nil }
    let found = texts.indices.filter { texts[$0] == words }
    return found.count == 1 ? found[0] : nil
  }

  private static func behindMark(_ words: [[UInt8]]) -> [[UInt8]]? {
    func kind(_ word: [UInt8]) -> AnswerToken.Kind? {
      var key = AnswerKeywords.Key()
      for byte in word { key.append(byte) }
      return AnswerKeywords.shared.token(for: key)?.kind
    }
    if let first = words.first, choosing.contains(AnswerKeywords.Key(first[...])) { return Array(words.dropFirst()) }
    guard let mark = words.prefix(5).firstIndex(where: { kind($0) == .marker }) else { return nil }
    return Array(words[(mark + 1)...].drop { kind($0) == .copula || kind($0) == .introducing })
  }

  /// The option that is the order of letters in which a text names them, where all options are orders of the same letters.
  private func ordered(_ bytes: [UInt8]) -> Int? {
    guard let first = texts.first, first.count > 1, texts.allSatisfy({ $0.count == first.count }) else { return nil }
    let names = Set(first)
    // Letters of options would be read as options.
    guard names.count == first.count, names.allSatisfy({ $0.count == 1 && Int($0[0]) - 97 >= texts.count && $0[0].isLetter }),
      texts.allSatisfy({ Set($0) == names })
    else { return nil }
    let items = first.map { String(decoding: $0, as: UTF8.self).uppercased() }
    guard case .order(let order) = OrderGrammar.read(bytes, items: items).answer else { return nil }
    return option(order.map { first[$0] })
  }

  /// Runs of letters and digits, in lower case.
  private static func words(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    bytes.split { !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "'") }.map { $0.map(\.lowercased) }
  }
}
