extension EncoderHeads {
  /// Whether a column marks a moment, so that the strongest of several frames counts; otherwise their mean does.
  func isEvent(_ column: Int) -> Bool {
    column != intensityLevel && !activity.contains(column)
  }

  /// Words whose embeddings, summed and multiplied by `weight`, are what a column adds to an audio token at first.
  func meaning(of column: Int) -> (words: [String], weight: Float) {
    switch column {
    case transition: (["change"], 1)
    case intensityChange: (["intensity", "rises"], 1)
    case intensityLevel: (["intensity", "arousal", "highest"], 1)
    case activity: ([instruments[column - activity.lowerBound]], 1)
    case entries: ([instruments[column - entries.lowerBound], "enter", "enters", "start"], 2)
    default: ([instruments[column - exits.lowerBound], "leave", "leaves", "stop"], 2)
    }
  }
}
