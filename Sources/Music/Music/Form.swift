import Numbers
import Randomness
import Timelines

/// The plan of a piece before any note: its sections, and when each instrument plays.
struct Form {
  struct Section {
    /// Index among the piece's themes: sections of one theme share harmony and figures.
    var theme: Int
    /// Arousal, 1…5.
    var level: Int
    var beatsPerMinute: Double
    var bars: Int
    /// Pitch class of the tonic, 0…11.
    var tonic: Int
    /// In beats of the whole piece.
    var startBeat: Double
    var beats: Double
  }

  var beatsPerBar: Int
  var minor: Bool
  var sections: [Section]
  var tempo: TempoMap
  /// The piece's instruments with the beats from and to which each plays.
  var spans: [(instrument: Instrument, beats: [ClosedRange<Double>])]

  var endBeat: Double { sections.last.map { $0.startBeat + $0.beats } ?? 0 }

  func section(atBeat beat: Double) -> Int {
    sections.lastIndex { $0.startBeat <= beat } ?? 0
  }

  init(options: ComposerOptions, stream: RandomStream) {
    var random = stream.derived(1)
    beatsPerBar = random.chance(0.85) ? 4 : 3
    minor = random.chance(0.4)
    sections = Self.plannedSections(options: options, beatsPerBar: beatsPerBar, random: &random)
    tempo = TempoMap(beatsPerMinute: sections[0].beatsPerMinute)
    for section in sections.dropFirst() { tempo.change(atBeat: section.startBeat, to: section.beatsPerMinute) }
    spans = []
    var toggles = stream.derived(2)
    spans = Orchestration(options: options, form: self, random: &toggles).spans
  }

  /// Sections whose lengths add up to a duration in the range: drawn anew until bars fit, with more sections after every ten draws.
  private static func plannedSections(
    options: ComposerOptions, beatsPerBar: Int, random: inout RandomStream
  ) -> [Section] {
    var sections: [Section] = []
    for attempt in 0..<100 {
      let lengths = drawnLengths(options: options, more: attempt / 10, random: &random)
      sections = drawnSections(lengths: lengths, options: options, beatsPerBar: beatsPerBar, random: &random)
      fit(&sections, options: options, beatsPerBar: beatsPerBar)
      if options.duration.contains(sections.reduce(0) { $0 + $1.beats * 60 / $1.beatsPerMinute }) { break }
    }
    var beat = 0.0
    for index in sections.indices {
      sections[index].startBeat = beat
      beat += sections[index].beats
    }
    return sections
  }

  private static func drawnSections(
    lengths: [Double], options: ComposerOptions, beatsPerBar: Int, random: inout RandomStream
  ) -> [Section] {
    var sections: [Section] = []
    var level = random.integer(in: 1...5)
    var tonic = random.integer(in: 0...11)
    var themes = 0
    for (index, length) in lengths.enumerated() {
      if index > 0, random.chance(options.intensityChanges) {
        level = 1 + (level - 1 + random.integer(in: 1...4)) % 5
      }
      if index > 0, random.chance(options.keyChanges) {
        tonic = (tonic + [1, 2, 3, 5, 7, 9, 10, 11][random.integer(in: 0...7)]) % 12
      }
      let isNew = themes == 0 || random.chance(0.6)
      let theme = isNew ? themes : random.integer(in: 0...(themes - 1))
      if isNew { themes += 1 }
      let drawn = 72 + 17 * Double(level - 1) + random.uniform(in: -6...6)
      // Whole microseconds a beat, as a MIDI file stores them.
      let beatsPerMinute = 60e6 / (60e6 / drawn).rounded()
      let bar = Double(beatsPerBar) * 60 / beatsPerMinute
      let fewest = (options.sectionLength.lowerBound / bar).rounded(.up)
      let most = max(fewest, (options.sectionLength.upperBound / bar).rounded(.down))
      let bars = min(max((length / bar).rounded(), fewest), most)
      sections.append(
        Section(
          theme: theme, level: level, beatsPerMinute: beatsPerMinute, bars: Int(saturating: bars), tonic: tonic, startBeat: 0,
          beats: bars * Double(beatsPerBar)))
    }
    return sections
  }

  /// Section lengths in seconds that sum to a duration drawn from the options.
  private static func drawnLengths(options: ComposerOptions, more: Int, random: inout RandomStream) -> [Double] {
    let length = options.sectionLength
    let total = random.uniform(in: options.duration)
    let fewest = max(1, Int(saturating: (total / length.upperBound).rounded(.up)) + more)
    let most = max(fewest, Int(saturating: (total / length.lowerBound).rounded(.down)))
    let lower = min(max(options.sections.lowerBound, fewest), most)
    let count = random.integer(in: lower...max(lower, min(options.sections.upperBound, most)))
    for _ in 0..<200 {
      let parts = (0..<count).map { _ in random.uniform(in: length) }
      let scale = total / parts.reduce(0, +)
      let scaled = parts.map { $0 * scale }
      if scaled.allSatisfy(length.contains) { return scaled }
    }
    return Array(repeating: total / Double(count), count: count)
  }

  /// Adds or takes single bars until the piece's length lies in the range; takes a section where none can be shortened.
  private static func fit(_ sections: inout [Section], options: ComposerOptions, beatsPerBar: Int) {
    func seconds(_ section: Section) -> Double { section.beats * 60 / section.beatsPerMinute }
    func bar(_ section: Section) -> Double { Double(beatsPerBar) * 60 / section.beatsPerMinute }
    for _ in 0..<1000 {
      let total = sections.reduce(0) { $0 + seconds($1) }
      let change: Int
      let index: Int?
      if total > options.duration.upperBound {
        change = -1
        index = sections.indices.filter {
          seconds(sections[$0]) - bar(sections[$0]) >= options.sectionLength.lowerBound
        }.max { seconds(sections[$0]) < seconds(sections[$1]) }
      } else if total < options.duration.lowerBound {
        change = 1
        index = sections.indices.filter {
          seconds(sections[$0]) + bar(sections[$0]) <= options.sectionLength.upperBound
        }.min { seconds(sections[$0]) < seconds(sections[$1]) }
      } else {
        return
      }
      guard let index else {
        if change > 0 || sections.count == 1 { return }
        sections.removeLast()
        continue
      }
      sections[index].bars += change
      sections[index].beats += Double(change * beatsPerBar)
    }
  }
}
