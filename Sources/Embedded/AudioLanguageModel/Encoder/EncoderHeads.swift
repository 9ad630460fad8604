/// Which column of the encoder's head outputs says what.
package struct EncoderHeads: Sendable, Hashable {
  /// The instruments that have columns of their own, in order.
  package let instruments: [String]

  package init(instruments: [String]) {
    self.instruments = instruments
  }

  package var count: Int { 3 + 3 * instruments.count }
  /// Whether something starts, stops, or changes its intensity.
  package var transition: Int { 0 }
  /// By how much the intensity changes, with its sign.
  package var intensityChange: Int { 1 }
  /// The intensity of the section, or of the notes: see ``IntensityMeaning``.
  package var intensityLevel: Int { 2 }
  /// Whether each instrument plays.
  package var activity: Range<Int> { 3..<3 + instruments.count }
  /// Whether each instrument enters.
  package var entries: Range<Int> { activity.upperBound..<activity.upperBound + instruments.count }
  /// Whether each instrument leaves.
  package var exits: Range<Int> { entries.upperBound..<entries.upperBound + instruments.count }

  /// Whether a column is the logit of a probability; the two of intensity are plain numbers.
  package func isProbability(_ column: Int) -> Bool {
    column != intensityChange && column != intensityLevel
  }

  /// Each of these columns, as `from`, with the column of the same meaning in a layout that listens for it too, as `to`.
  func columns(in other: EncoderHeads) -> [(from: Int, to: Int)] {
    var columns = (0..<3).map { (from: $0, to: $0) }
    for (place, instrument) in instruments.enumerated() {
      guard let found = other.instruments.firstIndex(of: instrument) else { continue }
      for (from, to) in [(activity, other.activity), (entries, other.entries), (exits, other.exits)] {
        columns.append((from.lowerBound + place, to.lowerBound + found))
      }
    }
    return columns
  }
}
