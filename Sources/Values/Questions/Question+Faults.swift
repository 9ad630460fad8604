import Timelines

extension Question {
  /// What makes this question unanswerable, in words; empty where nothing does.
  ///
  /// A reference, or a time `M:SS` in the text, that lies past the end of the track; an option or item that is not there. Where the
  /// length of the track is not known, no time lies past its end.
  public var faults: [String] {
    var faults: [String] = []
    for time in referenceTimes where time > duration {
      faults.append("has the reference \(AnswerWriter.clock(time)), past the end of the track at \(clockOfEnd)")
    }
    for time in Self.times(in: text) where time > duration {
      faults.append("asks about \(AnswerWriter.clock(time)), past the end of the track at \(clockOfEnd)")
    }
    for case .choice(let index) in references where !choices.indices.contains(index) {
      faults.append("has the reference \(AnswerWriter.letter(min(25, max(0, index)))), but \(choices.count) options")
    }
    return faults
  }

  private var clockOfEnd: String { AnswerWriter.clock(duration) }

  private var referenceTimes: [Double] {
    references.flatMap { reference -> [Double] in
      switch reference {
      case .instant(let time): [time]
      case .intervals(let intervals): intervals.map(\.end)
      case .choice, .order, .text: []
      }
    }
  }

  /// The times written `M:SS` in a text, in seconds.
  package static func times(in text: String) -> [Double] {
    guard text.utf8.contains(UInt8(ascii: ":")) else { return [] }
    return text.split { !($0.isNumber || $0 == ":") }.compactMap { word in
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].count == 2, let minutes = Int(parts[0]), let seconds = Int(parts[1]), seconds < 60,
        (0..<1_000_000).contains(minutes)
      else { return nil }
      return Double(60 * minutes + seconds)
    }
  }
}
