/// What the words and numbers around the items of an order say of their places, where that is not the order in which they stand:
/// *the piano enters after the violin*, *flute last, violin first*, `piano (2), violin (1)`.
struct OrderWords {
  /// Whether a word or number puts an item at another place than it has in the text.
  let contradict: Bool

  /// - Parameter names: where each item is named, once each, in the order of the text.
  init(_ bytes: [UInt8], names: [Range<Int>]) {
    guard let first = names.first, let last = names.last, names.count > 1 else {
      contradict = false
      return
    }
    let words = Self.words(bytes, around: names)
    let before = words.filter { $0.position < first.lowerBound }
    let isTurned = words.contains { $0.meaning == .turning && $0.position < last.upperBound + Self.reach }
    // *Before the piano comes the violin*, *after the violin the piano*; *not 1, 2, 3*.
    let isLed =
      before.last.map { ($0.meaning == .after || $0.meaning == .before || $0.meaning == .denial) && $0.isNear } ?? false
    contradict =
      isTurned || isLed || Self.isNumbered(bytes, names) || Self.tie(bytes, names) || Self.hasAfter(words, names)
      || Self.hasOtherPlace(bytes, words, names)
      || Self.descend(bytes, names)
  }

  /// Bytes behind the last item in which *in reverse* is about them.
  private static let reach = 40

  private enum Meaning: Equatable {
    case turning, after, before, denial
    case place(Int)
    case last
    /// Says something only in *latest first* and *latest to earliest*.
    case latest
  }

  private struct Word {
    let position: Int
    let meaning: Meaning
    /// Whether at most two words and no mark stand between it and the item that follows.
    var isNear = false
  }

  private static let meanings: [AnswerKeywords.Key: Meaning] = {
    let words: [(Meaning, String)] = [
      (
        .turning,
        "reverse reversed backwards backward simultaneously simultaneous together same tie tied ties concurrently umgekehrt gleichzeitig "
          + "zugleich simultanement ensemble juntos insieme tegelijk preceded davor"
      ),
      (.after, "after nach apres despues dopo depois follows"),
      (.before, "before vor avant antes prima"), (.denial, "not nicht"),
      (.place(0), "first 1st zuerst erste erster premier primero"), (.place(1), "second 2nd zweite zweiter deuxieme segundo"),
      (.place(2), "third 3rd dritte dritter troisieme tercero"), (.place(3), "fourth 4th"), (.place(4), "fifth 5th"),
      (.last, "last letzte zuletzt"), (.latest, "latest"),
    ]
    return Dictionary(
      uniqueKeysWithValues: words.flatMap { meaning, list in
        list.split(separator: " ").map { (AnswerKeywords.Key(String($0)), meaning) }
      })
  }()

  /// The words that mean something, none of them within the name of an item.
  private static func words(_ bytes: [UInt8], around names: [Range<Int>]) -> [Word] {
    var found: [Word] = []
    var position = 0
    var name = 0
    var plain = 0
    while position < bytes.count {
      if name < names.count, position >= names[name].lowerBound {
        if let last = found.indices.last, name == 0 || found[last].position >= names[name - 1].upperBound {
          found[last].isNear = plain <= 2
        }
        position = max(position + 1, names[name].upperBound)
        name += 1
        plain = 0
        continue
      }
      guard bytes[position].isLetter || bytes[position].isDigit else {
        if !bytes[position].isBlank { plain += 3 }
        position += 1
        continue
      }
      let start = position
      var key = AnswerKeywords.Key()
      while position < bytes.count, bytes[position].isLetter || bytes[position].isDigit {
        if name < names.count, position >= names[name].lowerBound { break }
        key.append(bytes[position].lowercased)
        position += 1
      }
      if let meaning = meanings[key], !isJoining(meaning, bytes, position) {
        found.append(Word(position: start, meaning: isTurned(meaning, bytes, position) ? .turning : meaning))
        plain = 0
      } else {
        plain += 1
      }
    }
    return found
  }

  /// *After that*, which goes on with the order.
  private static func isJoining(_ meaning: Meaning, _ bytes: [UInt8], _ position: Int) -> Bool {
    meaning == .after
      && ["that", "it", "this", "which", "them", "dem", "cela", "eso", "isso"].contains(word(bytes, after: position))
  }

  /// *Last to first*, *latest first*.
  private static func isTurned(_ meaning: Meaning, _ bytes: [UInt8], _ position: Int) -> Bool {
    ((meaning == .last || meaning == .latest) && ["to", "first"].contains(word(bytes, after: position)))
      || (meaning == .before && ["it", "that", "them", "this"].contains(word(bytes, after: position)))
  }

  /// The word of at most five letters that follows on the same line; empty where another stands there.
  private static func word(_ bytes: [UInt8], after position: Int) -> String {
    var start = position
    while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
    let letters = bytes[start...].prefix(6).prefix { $0.isLetter }
    return letters.count > 5 ? "" : String(decoding: letters.map(\.lowercased), as: UTF8.self)
  }

  /// Whether two items are said to come together: `2 = 1`, `2 ≈ 1`, *2 with 1*, *2 or 1*, or against
  /// the reading, `2 ← 1`, or by a stroke between these two alone.
  private static func tie(_ bytes: [UInt8], _ names: [Range<Int>]) -> Bool {
    let between = zip(names, names.dropFirst()).map { before, after in
      before.upperBound <= after.lowerBound ? bytes[before.upperBound..<after.lowerBound].filter { !$0.isBlank } : []
    }
    if between.contains(where: { ties.contains($0) }) { return true }
    return between.contains(where: { strokes.contains($0) }) && Set(between).count > 1
  }

  private static let ties = Set(
    [
      "=", "==", "~", "≈", "<=", ">=", "≤", "≥", "=<", "with", "mit", "avec", "con", "com", "←", "<-", "<--", "or", "oder",
      "ou",
    ].map { Array($0.utf8) })
  private static let strokes = Set(["/", "+", "&"].map { Array($0.utf8) })

  /// Whether *after* stands between two items with nothing but words around it.
  private static func hasAfter(_ words: [Word], _ names: [Range<Int>]) -> Bool {
    words.contains { word in
      guard word.meaning == .after, word.isNear else { return false }
      return word.position > names[0].lowerBound
    }
  }

  /// Whether *second* or *last* stands in the part of the text of an item that has another place; parts end at commas and the like.
  private static func hasOtherPlace(_ bytes: [UInt8], _ words: [Word], _ names: [Range<Int>]) -> Bool {
    var part = 0
    var next = 0
    var placed: (items: [Int], words: [Meaning]) = ([], [])
    var item = 0
    func isWrong() -> Bool {
      guard placed.items.count == 1, placed.words.count == 1 else { return false }
      switch placed.words[0] {
      case .place(let place): return place != placed.items[0]
      case .last: return placed.items[0] != names.count - 1
      default: return false
      }
    }
    while part < bytes.count {
      if item < names.count, part == names[item].lowerBound {
        placed.items.append(item)
        part = max(part + 1, names[item].upperBound)
        item += 1
        continue
      }
      if next < words.count, part == words[next].position {
        switch words[next].meaning {
        case .place, .last: placed.words.append(words[next].meaning)
        default: break
        }
        next += 1
      }
      if [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "."), UInt8(ascii: "\n")].contains(bytes[part]) {
        if isWrong() { return true }
        placed = ([], [])
      }
      part += 1
    }
    return isWrong()
  }

  /// Whether the order stands in numbers before the first name, and is another: `2,3,1 (piano, flute, oboe)`.
  private static func isNumbered(_ bytes: [UInt8], _ names: [Range<Int>]) -> Bool {
    let numbers = bytes[max(0, names[0].lowerBound - 4 * names.count - reach)..<names[0].lowerBound]
      .split { !$0.isDigit }.suffix(names.count).compactMap { $0.count == 1 ? $0.first?.digit : nil }
    return numbers.sorted() == Array(1...names.count)
  }

  /// Whether every item is followed, or led, by one whole number or clock time, and they do not rise.
  private static func descend(_ bytes: [UInt8], _ names: [Range<Int>]) -> Bool {
    let behind = names.indices.map { index in
      let start = names[index].upperBound
      return start..<(index + 1 < names.count ? names[index + 1].lowerBound : min(bytes.count, start + reach))
    }
    let ahead = names.indices.map { index in
      let end = names[index].lowerBound
      return (index > 0 ? names[index - 1].upperBound : max(0, end - reach))..<end
    }
    return doFall(behind.map { number(bytes[$0]) }) || doFall(ahead.map { number(bytes[$0]) })
  }

  private static func doFall(_ values: [Double?]) -> Bool {
    values.allSatisfy { $0 != nil } && zip(values, values.dropFirst()).contains { ($0 ?? 0) > ($1 ?? 0) }
  }

  /// The only number of a part, a clock time in seconds; `nil` where there is none, or several.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
    var found: Double?
    var position = bytes.startIndex
    while position < bytes.endIndex {
      guard bytes[position].isDigit else {
        position += 1
        continue
      }
      guard found == nil else { return nil }
      var whole = 0
      var field = 0
      while position < bytes.endIndex, bytes[position].isDigit || bytes[position] == UInt8(ascii: ":") {
        if bytes[position].isDigit {
          field = min(field * 10 + bytes[position].digit, 1_000_000)
        } else {
          whole = min((whole + field) * 60, 1_000_000_000)
          field = 0
        }
        position += 1
      }
      found = Double(whole + field)
      guard position + 1 < bytes.endIndex, bytes[position] == UInt8(ascii: "."), bytes[position + 1].isDigit else { continue }
      position += 1
      var unit = 0.1
      while position < bytes.endIndex, bytes[position].isDigit {
        found = (found ?? 0) + unit * Double(bytes[position].digit)
        unit /= 10
        position += 1
      }
    }
    return found
  }
}
