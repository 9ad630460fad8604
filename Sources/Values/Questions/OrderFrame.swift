/// What stands around the items of an order, where the text is to be one: nothing but a list, or a sentence with a word that puts things
/// in order, such as *first*, *then*, *order*.
///
/// A mere list of instruments in a sentence about something else (*I can hear piano, bass and drums*) is no order, nor is one with items
/// that were not offered.
struct OrderFrame {
  /// Whether the items stand together for something else than their order.
  let isOtherwise: Bool

  /// - Parameters:
  ///   - names: where each item is named, once each, in the order of the text.
  ///   - isNamed: whether a word such as *answer* stands before them.
  init(_ bytes: [UInt8], names: [Range<Int>], isNamed: Bool) {
    guard let first = names.first, let last = names.last, names.count > 1 else {
      isOtherwise = false
      return
    }
    var text = Text()
    let start = isNamed ? Self.sentenceStart(bytes, first.lowerBound) : 0
    let end = isNamed ? Self.sentenceEnd(bytes, last.upperBound) : bytes.count
    var lead = Part(bytes, start..<first.lowerBound)
    let gaps = zip(names, names.dropFirst()).map { Part(bytes, $0.upperBound..<max($0.upperBound, $1.lowerBound)) }
    let tail = Part(bytes, last.upperBound..<max(last.upperBound, end))
    lead.hasMark = isNamed && lead.hasMark
    for part in [lead] + gaps + [tail] { text.take(part) }
    if gaps.contains(where: \.isMeanwhile) || Self.endsFirst(bytes[..<first.lowerBound]) { text.isTie = true }
    if gaps.dropLast().contains(where: \.isAnd), !gaps.allSatisfy(\.isAnd), !lead.isOrdering { text.isTie = true }
    if ([lead] + gaps).contains(where: \.isNumbered) { text.isOrdering = true }
    if gaps.contains(where: \.isOpen), !gaps.allSatisfy(\.isOpen) { text.isTie = true }
    if text.isRefusing || text.isTie {
      isOtherwise = true
    } else if text.others == 0 {
      isOtherwise = text.isStacked && first.count > 1
    } else {
      let isOrdered = text.isOrdering || lead.hasMark
      isOtherwise =
        !isOrdered
        || Self.hasStranger(bytes, names, gaps: zip(names, names.dropFirst()).map { $0.upperBound..<$1.lowerBound }, end)
    }
  }

  /// Whether the bytes hold a word that takes back what stands before it.
  static func isTakenBack(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split { !$0.isLetter }.prefix(6).contains { word in
      var key = AnswerKeywords.Key()
      for byte in word { key.append(byte.lowercased) }
      return withdrawing.contains(key)
    }
  }

  // MARK: Parts

  /// What the parts say together.
  private struct Text {
    /// Words that are neither known fillers nor put things in order.
    var others = 0
    var isOrdering = false
    var isRefusing = false
    var isTie = false
    /// Whether `+` or `&` joins the items.
    var isStacked = false

    mutating func take(_ part: Part) {
      others += part.others
      isOrdering = isOrdering || part.isOrdering
      isRefusing = isRefusing || part.isRefusing
      isStacked = isStacked || part.isStacked
    }
  }

  private struct Part {
    private(set) var others = 0
    private(set) var isOrdering = false
    private(set) var isRefusing = false
    private(set) var isNumbered = false
    private(set) var isAnd = false
    private(set) var isStacked = false
    /// Whether *as* or *when* stands in it.
    private(set) var isMeanwhile = false
    /// Whether a bracket opens right before the item that follows.
    private(set) var isOpen = false
    /// Whether *answer* with a colon or *is* stands in it.
    var hasMark = false

    init(_ bytes: [UInt8], _ range: Range<Int>) {
      let folded = FoldedText.folded(bytes.span, range)
      var words = 0
      var ands = 0
      var position = 0
      var last = AnswerKeywords.Key()
      var hasLatest = false
      while position < folded.count {
        let byte = folded[position]
        if byte.isDigit { isNumbered = true }
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "/") { isStacked = true }
        if byte == UInt8(ascii: "(") { isOpen = position + 1 == folded.count }
        if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "<") { isOrdering = true }
        if byte == UInt8(ascii: ":"), hasMarker(last) { hasMark = true }
        guard byte.isLetter, byte != UInt8(ascii: "_") else {
          position += 1
          continue
        }
        var key = AnswerKeywords.Key()
        while position < folded.count, folded[position].isLetter || folded[position] == UInt8(ascii: "'") {
          key.append(folded[position].lowercased)
          position += 1
        }
        words += 1
        if key.length == 1, folded[position - 1] == FoldedText.foreignLetter {
          // Ideographs stand one by one.
        } else if OrderFrame.ordering.contains(key) {
          isOrdering = true
        } else if OrderFrame.refusing.contains(key) {
          isRefusing = isRefusing || !isSure(folded, position)
        } else if OrderFrame.and.contains(key) {
          ands += 1
        } else if hasMarker(key) {
          hasMark = true
        } else if !OrderFrame.fillers.contains(key) {
          others += 1
        }
        if OrderFrame.meanwhile.contains(key) { isMeanwhile = true }
        if key == OrderFrame.earliest, hasLatest { isRefusing = true }
        if key == OrderFrame.latest { hasLatest = true }
        last = key
      }
      isAnd = ands == 1 && !isOrdering && others == 0 && !folded.contains(UInt8(ascii: ","))
      if OrderFrame.foreignOrdering.contains(where: { holds($0, bytes, range) }) { isOrdering = true }
    }

    /// Whether *sure*, *certain* or *doubt* follows.
    private func isSure(_ folded: [UInt8], _ position: Int) -> Bool {
      var key = AnswerKeywords.Key()
      for byte in folded[position...].drop(while: { $0 == UInt8(ascii: " ") }).prefix(8).prefix(while: \.isLetter) {
        key.append(byte.lowercased)
      }
      return OrderFrame.sure.contains(key)
    }

    private func hasMarker(_ key: AnswerKeywords.Key) -> Bool {
      key.length > 0 && AnswerKeywords.shared.token(for: key)?.kind == .marker
    }

    private func holds(_ word: [UInt8], _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
      guard word.count <= range.count else { return false }
      return (range.lowerBound...(range.upperBound - word.count)).contains {
        bytes[$0] == word[0] && bytes[$0...].starts(with: word)
      }
    }
  }

  // MARK: Items that were not offered

  /// Whether a piece of the list between commas, arrows or the like holds words and no item.
  private static func hasStranger(_ bytes: [UInt8], _ names: [Range<Int>], gaps: [Range<Int>], _ end: Int) -> Bool {
    if let first = names.first, let last = names.last {
      let lead = bytes[..<first.lowerBound].split(omittingEmptySubsequences: false) {
        $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ">")
      }
      if lead.count > 1, lead.dropLast().contains(where: { hasPlace($0) && isName($0) }) { return true }
      let tail = bytes[min(last.upperBound, end)..<end].split(omittingEmptySubsequences: false) {
        $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ">")
      }
      if tail.dropFirst().contains(where: { isName($0) }) { return true }
    }
    for gap in gaps {
      let pieces = bytes[gap].split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ">") }
      guard pieces.count > 2 else { continue }
      if pieces.dropFirst().dropLast().contains(where: { isName($0) }) { return true }
    }
    return false
  }

  /// Whether *first*, *then* or an arrow stands in the bytes.
  private static func hasPlace(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split { !$0.isLetter }.contains { word in
      var key = AnswerKeywords.Key()
      for byte in word { key.append(byte.lowercased) }
      return ordering.contains(key)
    }
  }

  /// One or two words that are no fillers.
  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    let words = bytes.split { !$0.isLetter }
    let others = words.filter { word in
      var key = AnswerKeywords.Key()
      for byte in word { key.append(byte.lowercased) }
      return !fillers.contains(key) && !ordering.contains(key) && !and.contains(key)
    }
    return (1...2).contains(others.count) && words.count <= 3
  }

  /// Whether a word for *last* stands before the first item, in a script without blanks, or another item and an arrow.
  private static func endsFirst(_ lead: ArraySlice<UInt8>) -> Bool {
    let text = Array(lead)
    if !text.isEmpty, let arrow = find(Array("→".utf8), text) { return isName(text[..<arrow]) }
    return find(Array("最后".utf8), text) != nil || find(Array("最後".utf8), text) != nil
  }

  private static func find(_ word: [UInt8], _ text: [UInt8]) -> Int? {
    guard text.count >= word.count else { return nil }
    return (0...(text.count - word.count)).first { text[$0] == word[0] && text[$0...].starts(with: word) }
  }

  // MARK: Sentences

  private static func sentenceStart(_ bytes: [UInt8], _ position: Int) -> Int {
    var start = position
    while start > 0, !isEnd(bytes, start - 1) { start -= 1 }
    return start
  }

  private static func sentenceEnd(_ bytes: [UInt8], _ position: Int) -> Int {
    var end = position
    while end < bytes.count, !isEnd(bytes, end) { end += 1 }
    return end
  }

  private static func isEnd(_ bytes: [UInt8], _ position: Int) -> Bool {
    if bytes[position].isLineBreak { return true }
    return ChoiceGrammar.sentenceEnds.contains(bytes[position]) && (position + 1 == bytes.count || bytes[position + 1].isBlank)
  }

  // MARK: Words

  private static func keys(_ list: String) -> Set<AnswerKeywords.Key> { ChoiceGrammar.keys(list) }

  private static let meanwhile = keys("as when while")
  private static let earliest = AnswerKeywords.Key("earliest")
  private static let latest = AnswerKeywords.Key("latest")
  private static let sure = keys("sure certain entirely doubt question")
  private static let and = keys("and und et y e og och en")
  private static let ordering = keys(
    "first then next followed order sequence finally lastly last second third fourth fifth firstly secondly thirdly afterwards after "
      + "before "
      + "1st 2nd 3rd 4th subsequently initially begins begin beginning starts start started precedes ends follow follows following opens "
      + "order: zuerst dann danach "
      + "schliesslich reihenfolge anschliessend zuletzt gefolgt premier puis ensuite enfin ordre abord primero luego despues orden "
      + "finalmente "
      + "primeiro depois entao ordem prima poi infine ordine eerst daarna volgorde")
  private static let refusing = keys(
    "not never isn't cannot can't aren't wasn't don't nicht niemals nie keinesfalls keinen pas jamais nunca mai niet inte nao non no "
      + "none hardly "
      + "unlikely improbable implausible impossible wrong incorrect false mistake error distractor trap opposite descending alphabetical "
      + "alphabetically unknown unclear undetermined depends loud louder loudest loudness both between than some exclude excluding "
      + "anything all let provide stop stops stopped fade fades "
      + "lateness "
      + "everything any need random errado sbagliato falsch")
  private static let fillers = keys(
    "the a an is are was answer would be my in of to this that following as chronological time temporal entry appearance st nd rd th "
      + "json yes possibly perhaps maybe so but doubt without i'm sure certain if mistaken order "
      + "correct right final from at by earliest latest it's i think believe say i'd they it enter enters come comes play plays s sec "
      + "seconds second "
      + "list option options entrance entrances guess most likely probably item instrument index events event der die das le la el los "
      + "las il lo les de du h m ist est es lautet"
  )
  private static let withdrawing = keys(
    "no wait actually sorry correction scratch oops strike meant mean mistake nein non wrong rather hmm")
  private static let foreignOrdering = [
    "先", "然后", "接着", "最后", "顺序", "順", "먼저", "다음", "まず", "次",
    "перв", "снача", "затем", "потом", "порядок",
  ]
  .map { Array($0.utf8) }
}
