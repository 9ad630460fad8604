/// The words that mean something to the time grammars.
struct AnswerKeywords {
  /// A word of at most 16 bytes, packed.
  struct Key: Hashable {
    private(set) var low: UInt64 = 0
    private(set) var high: UInt64 = 0
    private(set) var length = 0

    mutating func append(_ byte: UInt8) {
      if length < 8 {
        low = low << 8 | UInt64(byte)
      } else if length < 16 {
        high = high << 8 | UInt64(byte)
      }
      length += 1
    }

    init() {}

    /// Tells names apart; never 0.
    var label: UInt32 {
      let mixed = (low ^ high &* 31) &* 0x9E37_79B9_7F4A_7C15
      return UInt32(truncatingIfNeeded: mixed >> 33) | 1
    }

    init(_ word: String) {
      for byte in word.utf8 { append(byte) }
    }

    /// In lower case.
    init(_ word: ArraySlice<UInt8>) {
      for byte in word { append(byte.lowercased) }
    }
  }

  private struct Entry {
    let key: Key
    let token: AnswerToken
    let role: PlainRole
  }

  /// What a word may change where a text holds but one time.
  enum PlainRole {
    /// Nothing.
    case plain
    /// A name of the answer, behind which a colon may stand.
    case marker
    /// An onset.
    case start
    /// More than is known here.
    case other

    init(_ token: AnswerToken) {
      switch token.kind {
      case .introducing: self = token.sense == .plain || token.sense == .approximate ? .plain : .other
      case .copula, .presence, .you: self = .plain
      case .numeral: self = token.value == 1 ? .plain : .other
      case .marker, .final: self = .marker
      case .start: self = .start
      default: self = .other
      }
    }
  }

  func plainRole(of key: Key) -> PlainRole {
    guard key.length <= 16 else { return .plain }
    var slot = Self.slot(key)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].key == key { return entries[index].role }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return key == Self.vi || key == Self.analysis || Self.stem(key) != nil ? .other : .plain
  }

  private static let vi = Key("vi")
  private static let analysis = Key("analysis")

  private let entries: [Entry]
  /// For each slot the index of an entry, or −1; a word stands in the first free slot from its own on.
  private let slots: [Int16]

  static let shared = AnswerKeywords()

  /// The token of a lower-case word, or `nil` for a word that means nothing here.
  func token(for key: Key) -> AnswerToken? {
    guard key.length <= 16 else { return nil }
    var slot = Self.slot(key)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.key == key { return entry.token }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return Self.stem(key).map { AnswerToken(.unitWord, unit: $0) }
  }

  /// Several times as many as there are words, so that most searches end at once.
  private static let slotCount = 4096

  private static func slot(_ key: Key) -> Int {
    let mixed = (key.low ^ key.high &* 31 ^ UInt64(truncatingIfNeeded: key.length)) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed >> 52)
  }

  /// The unit whose name begins so in most languages of Europe, whatever its ending: *Sekunden*, *secondes*, *minuti*.
  private static func stem(_ key: Key) -> AnswerLexer.Unit? {
    guard (5...12).contains(key.length) else { return nil }
    let letters = min(key.length, 8)
    let five = key.low >> UInt64(8 * (letters - 5))
    if five == minute || five == minuut { return .minute }
    guard letters >= 6 else { return nil }
    let six = key.low >> UInt64(8 * (letters - 6))
    return seconds.contains(six) ? .second : nil
  }

  private static let minute = Key("minut").low
  private static let minuut = Key("minuu").low
  private static let seconds = ["second", "sekund", "segund", "secund", "sekunt"].map { Key($0).low }

  private init() {
    var entries: [Entry] = []
    var slots = [Int16](repeating: -1, count: Self.slotCount)
    for (token, list) in Self.words {
      for word in list.split(separator: " ") {
        let key = Key(String(word))
        var slot = Self.slot(key)
        while slots[slot] >= 0 { slot = (slot + 1) & (Self.slotCount - 1) }
        slots[slot] = Int16(entries.count)
        entries.append(Entry(key: key, token: token, role: PlainRole(token)))
      }
    }
    self.entries = entries
    self.slots = slots
  }
}
