/// What a question in free words asks for, where that is a time or intervals.
package enum AskedEvent: Sendable, Hashable {
  /// When a source is first heard.
  case onset(String)
  /// When a source is last heard.
  case offset(String)
  /// Where the intensity is highest, or lowest.
  case extreme(highest: Bool)

  /// Reads wordings such as *When does the piano first enter?*, *When do the drums drop out?* and *Where is the energy lowest?*.
  ///
  /// A source is one of `sources`, with or without a plural s, or else the word after *does the* or *do the*: whether it is known is
  /// for the caller to say. `nil` where the text asks for something else.
  package init?(parsing text: String, sources: [String] = []) {
    if let exact = Self.exactly(text) {
      self = exact
      return
    }
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
    let all = Set(words)
    let asksWhen = !all.isDisjoint(with: ["when", "where", "time", "second"])
    guard asksWhen else { return nil }
    if let highest = Self.extreme(all) {
      self = .extreme(highest: highest)
      return
    }
    guard let source = Self.source(words, among: sources) else { return nil }
    if !all.isDisjoint(with: Self.leaving) {
      self = .offset(source)
    } else if !all.isDisjoint(with: Self.entering) {
      self = .onset(source)
    } else {
      return nil
    }
  }

  /// MusTBench's wording of the question.
  package var wording: String {
    switch self {
    case .onset(let source): TemporalSourceGrounding.onsetWording(source)
    case .offset(let source): TemporalSourceGrounding.offsetWording(source)
    case .extreme(let highest): MoodTrajectoryReasoning.wording(highest ? "highest" : "lowest")
    }
  }

  /// The source that is asked about; `nil` for intensity.
  package var source: String? {
    switch self {
    case .onset(let source), .offset(let source): source
    case .extreme: nil
    }
  }

  /// Reads MusTBench's own wording, whatever the source is called.
  private static func exactly(_ text: String) -> AskedEvent? {
    let mark = "\u{0}"
    for (wording, event) in [
      (TemporalSourceGrounding.onsetWording(mark), AskedEvent.onset),
      (TemporalSourceGrounding.offsetWording(mark), AskedEvent.offset),
    ] {
      let ends = wording.split(separator: "\u{0}")
      guard ends.count == 2, text.hasPrefix(ends[0]), text.hasSuffix(ends[1]), text.count > wording.count else { continue }
      return event(String(text.dropFirst(ends[0].count).dropLast(ends[1].count)))
    }
    return nil
  }

  private static let entering: Set<String> = [
    "enter", "enters", "start", "starts", "begin", "begins", "appear", "appears", "first", "join", "joins", "in",
  ]
  private static let leaving: Set<String> = [
    "leave", "leaves", "stop", "stops", "end", "ends", "disappear", "disappears", "finally", "last", "out",
  ]
  private static let mood: Set<String> = [
    "arousal", "intensity", "energy", "mood", "music", "intense", "energetic", "loud", "calm", "quiet", "it",
  ]

  private static func extreme(_ words: Set<String>) -> Bool? {
    if !words.isDisjoint(with: ["loudest", "peak", "climax"]) { return true }
    if !words.isDisjoint(with: ["calmest", "quietest", "softest"]) { return false }
    guard !words.isDisjoint(with: mood) else { return nil }
    if !words.isDisjoint(with: ["highest", "most", "greatest", "strongest"]) { return true }
    if !words.isDisjoint(with: ["lowest", "least", "weakest"]) { return false }
    return nil
  }

  private static func source(_ words: [String], among sources: [String]) -> String? {
    for word in words {
      if let match = sources.first(where: { $0 == word || $0 == word + "s" || $0 + "s" == word }) { return match }
    }
    for (index, word) in words.enumerated() where ["does", "do", "did"].contains(word) {
      var rest = words[(index + 1)...]
      if rest.first == "the" || rest.first == "a" { rest = rest.dropFirst() }
      if let source = rest.first { return source }
    }
    return nil
  }
}
