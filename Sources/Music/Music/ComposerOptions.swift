import Numbers
package import Options

/// What the composer may write.
package struct ComposerOptions: Sendable, Hashable {
  /// Length of a piece in seconds, at least 4 s from end to end of the range.
  package var duration: ClosedRange<Double> = 40...60
  /// How many sections a piece has; where the duration asks for more or fewer, the nearest feasible number is taken.
  package var sections: ClosedRange<Int> = 4...7
  /// Length of a section in seconds.
  package var sectionLength: ClosedRange<Double> = 5.5...15.5
  /// The instruments to choose from.
  package var instruments: [Instrument] = Instrument.allCases
  /// How many instruments one piece uses, at most as many as `instruments`.
  package var pool: ClosedRange<Int> = 4...6
  /// How many may sound at once.
  package var mostActive = 5
  /// Probability that an entry or exit moves from its section's start to a later beat.
  package var delayedToggles = 0.35
  /// Probability that a section has another intensity than the one before.
  package var intensityChanges = 0.75
  /// Probability that a section is in another key than the one before.
  package var keyChanges = 0.35

  package init() {}

  /// Pieces of one to three minutes.
  package static var long: ComposerOptions {
    var options = ComposerOptions()
    options.duration = 60...180
    options.sections = 6...20
    return options
  }

  package init(options: inout OptionReader) {
    self.init(options: &options, lengths: 40...60)
  }

  /// Options of pieces of one to three minutes unless they say otherwise.
  package init(longer options: inout OptionReader) {
    self.init(options: &options, lengths: 60...180)
  }

  private init(options: inout OptionReader, lengths: ClosedRange<Double>) {
    self.init()
    let shortest = options.number(
      "shortest", default: lengths.lowerBound, in: 20...600, unit: "s", help: "length of the shortest piece")
    let longest = options.number(
      "longest", default: lengths.upperBound, in: 24...600, unit: "s", help: "length of the longest piece")
    if longest - shortest < 4 {
      options.record(
        "must be at least 4 s more than 'shortest' (\(shortest) s), so that sections can end on a bar", at: "longest")
    } else {
      duration = shortest...longest
    }
    let fewest = options.integer("fewest-sections", default: 4, in: 1...100)
    let most = options.integer("most-sections", default: max(7, Int(saturating: longest / 8.5)), in: 1...100)
    if most < fewest {
      options.record("must not be less than 'fewest-sections' (\(fewest))", at: "most-sections")
    } else {
      sections = fewest...most
    }
    let names = options.words(
      "instruments", default: Instrument.allCases.map(\.rawValue), of: Instrument.allCases.map(\.rawValue),
      help: "what a piece may use")
    instruments = Instrument.allCases.filter { names.contains($0.rawValue) }
    if instruments.count < 2 { options.record("must name at least 2 instruments", at: "instruments") }
    keyChanges = options.number("key-changes", default: 0.35, in: 0...1, help: "probability of a new key at a boundary")
    delayedToggles = options.number(
      "delayed-entries", default: 0.35, in: 0...1, help: "probability that an entry or exit falls inside a section")
  }
}
