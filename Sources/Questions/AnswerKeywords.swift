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

    init(_ word: String) {
      for byte in word.utf8 { append(byte) }
    }
  }

  private struct Entry {
    let key: Key
    let token: AnswerToken
  }

  /// By first letter.
  private let entries: [Entry]
  /// Where the words with each letter start; one more than there are letters.
  private let starts: [Int]

  static let shared = AnswerKeywords()

  /// The token of a lower-case word that begins with `first`, or `nil` for a word that means nothing here.
  func token(for key: Key, first: UInt8) -> AnswerToken? {
    let letter = Int(first &- UInt8(ascii: "a"))
    guard letter < 26, key.length <= 16 else { return nil }
    for index in starts[letter]..<starts[letter + 1] where entries[index].key == key { return entries[index].token }
    return nil
  }

  private init() {
    let words: [(AnswerToken, String)] = [
      (AnswerToken(.range), "to until till til through thru"),
      (AnswerToken(.and), "and"),
      (AnswerToken(.or), "or"),
      (AnswerToken(.between), "between"),
      (
        AnswerToken(.start),
        "from start starts starting started begin begins beginning onset start_time starttime start_sec begin_time"
      ),
      (AnswerToken(.end), "end ends ending ended finish finishes end_time endtime end_sec offset"),
      (
        AnswerToken(.introducing),
        "at around about approximately approx roughly circa ca near is be time times timestamp t sec secs second seconds"
      ),
      (
        AnswerToken(.counting),
        "bar bars measure measures beat beats bpm hz khz db verse verses chorus choruses section sections track line lines "
          + "page percent tempo version part parts voices takes"
      ),
      (AnswerToken(.marker), "answer boxed"),
      (AnswerToken(.not), "not"),
      (AnswerToken(.none), "none nothing n/a"),
      (AnswerToken(.no), "no"),
      (AnswerToken(.literal, fault: .notFinite), "nan inf infinity"),
      (AnswerToken(.literal, fault: .noAnswer), "true false"),
      (AnswerToken(.null), "null"),
      (AnswerToken(.stretch), "such region regions interval intervals segment segments moment moments duration durations"),
    ]
    let all = words.flatMap { token, list in
      list.split(separator: " ").map { (first: $0.utf8.first ?? 0, entry: Entry(key: Key(String($0)), token: token)) }
    }
    let sorted = all.sorted { $0.first < $1.first }
    entries = sorted.map(\.entry)
    starts = (0...26).map { letter in sorted.count { Int($0.first) < Int(UInt8(ascii: "a")) + letter } }
  }
}
