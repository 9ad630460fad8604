extension Vocabulary {
  /// Structure: the two that have a role of their own first, then punctuation.
  static let marks = ["<begin>", "<end>", ",", ";", ".", "?", ":", "(", ")", "[", "]"]

  /// Lower-case words of questions, answers and captions, and the names that are written in capitals.
  static let words =
    letters + levels + instruments + questionWords + changeWords + captionWords

  /// Options of a choice (A–F) and the items of an ordering (X, Y, Z).
  static let letters = ["A", "B", "C", "D", "E", "F", "X", "Y", "Z"]

  /// Intensity of a section, from calm to intense.
  static let levels = ["L1", "L2", "L3", "L4", "L5"]

  static let instruments = [
    "piano", "bass", "strings", "flute", "guitar", "organ", "synth", "drums", "vocal", "mallets", "harp", "choir", "brass",
    "reeds", "plucked", "effects",
  ]

  static let questionWords = [
    "when", "does", "the", "first", "start", "to", "play", "finally", "stop", "playing", "is", "are", "is(are)", "highest",
    "lowest", "arousal", "duration", "duration(s)", "in", "this", "audio", "what", "which", "best", "describes", "describe",
    "musical", "music", "change", "changes", "at", "option", "correct", "chronological", "order", "of", "following", "event",
    "events", "how", "happens", "none",
  ]

  static let changeWords = [
    "enter", "leave", "enters", "leaves", "starts", "stops", "rise", "fall", "rises", "falls", "up", "down", "energy", "and",
    "a", "an", "no",
    "with", "then", "while", "from", "becomes", "more", "less", "intense", "calm", "tempo", "key", "faster", "slower", "louder",
    "softer", "higher", "lower", "new", "section", "begins", "ends", "joins", "drops", "out", "comes", "intensity", "level",
  ]

  static let captionWords = ["time", "by", "instrument", "instruments", "mood"]
}
