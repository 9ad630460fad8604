import Numbers
import Randomness

/// One or more keys struck together, in beats from the start of a section.
struct Figure {
  var beat: Double
  var beats: Double
  var keys: [Int]
  /// Accent, 0…1.
  var accent: Double
}

/// What an instrument plays in a section: figures over the section's chords, denser at higher levels.
struct Figuration {
  let instrument: Instrument
  let section: Form.Section
  let harmony: Harmony
  let beatsPerBar: Int
  var random: RandomStream

  /// In order, without gaps of more than a bar.
  mutating func figures() -> [Figure] {
    var figures: [Figure] = []
    var melody = Melody(keys: harmony.keys(tonic: section.tonic, in: instrument.range))
    let style = random.integer(in: 0...2)
    for bar in 0..<section.bars {
      let start = Double(bar * beatsPerBar)
      let chord = harmony.chord(bar: bar, tonic: section.tonic)
      switch instrument {
      case .drums: figures += drums(start: start, fill: bar == section.bars - 1)
      case .bass: figures += bass(start: start, chord: chord)
      case .strings: figures += held(start: start, chord: chord, every: section.level >= 4 ? 1 : 2)
      case .organ:
        figures += section.level >= 4 ? stabs(start: start, chord: chord) : held(start: start, chord: chord, every: 2)
      case .piano: figures += style == 0 ? arpeggio(start: start, chord: chord, step: step) : stabs(start: start, chord: chord)
      case .guitar: figures += style == 2 ? stabs(start: start, chord: chord) : arpeggio(start: start, chord: chord, step: step)
      case .synth:
        figures += style == 0 ? tune(start: start, chord: chord, &melody) : arpeggio(start: start, chord: chord, step: step)
      case .flute: figures += tune(start: start, chord: chord, &melody)
      }
    }
    return figures
  }

  /// Beats between the notes of an arpeggio.
  private var step: Double { [1, 1, 0.5, 0.5, 0.25][section.level - 1] }

  private func accent(_ position: Double) -> Double {
    position == 0 ? 1 : position == position.rounded() ? 0.85 : 0.72
  }

  private func voicing(_ chord: [Int]) -> [Int] {
    chord.map { Harmony.key($0, from: instrument.range.lowerBound + 6) }.sorted()
  }

  private func held(start: Double, chord: [Int], every: Int) -> [Figure] {
    stride(from: 0, to: beatsPerBar, by: every).map { beat in
      Figure(
        beat: start + Double(beat), beats: Double(min(every, beatsPerBar - beat)), keys: voicing(chord),
        accent: accent(Double(beat)))
    }
  }

  private mutating func stabs(start: Double, chord: [Int]) -> [Figure] {
    rhythm().map { Figure(beat: start + $0.beat, beats: $0.beats, keys: voicing(chord), accent: accent($0.beat)) }
  }

  private func arpeggio(start: Double, chord: [Int], step: Double) -> [Figure] {
    let low = voicing(chord)
    let ladder = (low + low.map { $0 + 12 }).filter(instrument.range.contains)
    let cycle = ladder + ladder.dropFirst().dropLast().reversed()
    return (0..<Int(saturating: Double(beatsPerBar) / step)).map { index in
      let position = Double(index) * step
      return Figure(beat: start + position, beats: step, keys: [cycle[index % cycle.count]], accent: accent(position))
    }
  }

  private mutating func bass(start: Double, chord: [Int]) -> [Figure] {
    let root = Harmony.key(chord[0], from: instrument.range.lowerBound)
    let choices = [root, root, Harmony.key(chord[2], from: root), Harmony.key(chord[1], from: root), root + 12]
    return rhythm().map { part in
      let key = part.beat == 0 ? root : choices[random.integer(in: 0...(choices.count - 1))]
      return Figure(
        beat: start + part.beat, beats: part.beats, keys: [instrument.range.contains(key) ? key : root],
        accent: accent(part.beat))
    }
  }

  private mutating func tune(start: Double, chord: [Int], _ melody: inout Melody) -> [Figure] {
    rhythm().map { part in
      let key = melody.next(chord: part.beat == part.beat.rounded() ? chord : nil, random: &random)
      return Figure(beat: start + part.beat, beats: part.beats, keys: [key], accent: accent(part.beat))
    }
  }

  /// Lengths that fill a bar, drawn by level: half notes and quarters when calm, eighths and sixteenths when intense.
  private mutating func rhythm() -> [(beat: Double, beats: Double)] {
    let lengths: [Double] =
      switch section.level {
      case 1: [2, 2, 1]
      case 2: [1, 2, 1, 1.5]
      case 3: [1, 1, 0.5, 1.5]
      case 4: [1, 0.5, 0.5]
      default: [0.5, 0.5, 0.25, 1]
      }
    var parts: [(beat: Double, beats: Double)] = []
    var beat = 0.0
    let bar = Double(beatsPerBar)
    while beat < bar {
      var length = lengths[random.integer(in: 0...(lengths.count - 1))]
      if length == 0.25, beat * 2 == (beat * 2).rounded() {
        parts.append((beat, 0.25))
        beat += 0.25
      }
      let toEighth = (beat * 2).rounded(.up) - beat * 2
      if toEighth > 0 { length = 0.25 }
      length = min(length, bar - beat)
      parts.append((beat, length))
      beat += length
    }
    return parts
  }

  private mutating func drums(start: Double, fill: Bool) -> [Figure] {
    func hit(_ beat: Double, _ key: DrumKey, _ accent: Double) -> Figure {
      Figure(beat: start + beat, beats: 0.25, keys: [key.rawValue], accent: accent)
    }
    var figures: [Figure] = start == 0 && section.level >= 4 ? [hit(0, .crash, 0.9)] : []
    let hatStep = [1, 0.5, 0.5, 0.5, 0.25][section.level - 1]
    for index in 0..<Int(saturating: Double(beatsPerBar) / hatStep) {
      let beat = Double(index) * hatStep
      let open = section.level >= 3 && beat == Double(beatsPerBar) - 0.5
      figures.append(hit(beat, open ? .openHat : .closedHat, beat == beat.rounded() ? 0.7 : 0.5))
    }
    for beat in stride(from: 0.0, to: Double(beatsPerBar), by: 1) {
      let offbeat = beatsPerBar == 3 ? beat > 0 : Int(saturating: beat) % 2 == 1
      if offbeat {
        if section.level >= 2 { figures.append(hit(beat, .snare, 0.9)) }
      } else {
        figures.append(hit(beat, .kick, 1))
        if section.level >= 3, random.chance(0.35) { figures.append(hit(beat + 0.5, .kick, 0.8)) }
      }
    }
    if fill, section.level >= 2 {
      for index in 0..<4 {
        figures.append(hit(Double(beatsPerBar) - 1 + 0.25 * Double(index), .tom, 0.7 + 0.08 * Double(index)))
      }
    }
    return figures.sorted { ($0.beat, $0.keys[0]) < ($1.beat, $1.keys[0]) }
  }
}

/// A line that walks by step through a scale and lands on chord tones.
private struct Melody {
  let keys: [Int]
  private var position: Int

  init(keys: [Int]) {
    self.keys = keys
    position = keys.count / 2
  }

  /// The next key; where a chord is given, the chord tone nearest to the line.
  mutating func next(chord: [Int]?, random: inout RandomStream) -> Int {
    let leap = random.chance(0.2)
    let size = leap ? random.integer(in: 2...4) : random.integer(in: 0...2)
    // The line is drawn back to the middle of the range.
    let up = random.chance(position * 2 < keys.count ? 0.6 : 0.4)
    position = min(max(position + (up ? size : -size), 0), keys.count - 1)
    if let chord {
      let tones = keys.indices.filter { chord.contains(keys[$0] % 12) }
      position = tones.min { abs($0 - position) < abs($1 - position) } ?? position
    }
    return keys[position]
  }
}
