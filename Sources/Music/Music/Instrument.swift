/// A sound source that the composer writes for.
package enum Instrument: String, CaseIterable, Sendable, Codable {
  case piano, bass, strings, flute, guitar, organ, synth, drums

  /// The keys it plays, as MIDI key numbers; 60 is middle C.
  package var range: ClosedRange<Int> {
    switch self {
    case .piano: 48...77
    case .bass: 28...48
    case .strings: 50...77
    case .flute: 67...93
    case .guitar: 43...71
    case .organ: 48...76
    case .synth: 55...84
    case .drums: 35...49
    }
  }

  /// The General MIDI program, counted from 0; drums are channel 10 instead.
  package var program: UInt8 {
    switch self {
    case .piano: 0
    case .bass: 33
    case .strings: 48
    case .flute: 73
    case .guitar: 25
    case .organ: 16
    case .synth: 81
    case .drums: 0
    }
  }

  /// Programs that sound like it, and that ``GeneralMIDI`` calls by its name.
  package var programs: [UInt8] {
    switch self {
    case .piano: [0, 1, 2, 3, 4, 5]
    case .bass: [32, 33, 34, 35, 36, 38]
    case .strings: [40, 41, 42, 48, 49, 50]
    case .flute: [72, 73, 74, 75]
    case .guitar: [24, 25, 26, 27, 29, 30]
    case .organ: [16, 17, 18, 19, 20]
    case .synth: [80, 81, 82, 84, 87, 90]
    case .drums: [0]
    }
  }

  /// Programs of General MIDI's other families that can play its part: their labels are those that no composed instrument has.
  package var standIns: [UInt8] {
    switch self {
    case .piano: [8, 9, 10, 11, 12, 13, 46, 104, 105, 106, 107]
    case .guitar: [14, 104, 105, 106, 107, 46]
    case .strings: [52, 53, 54, 56, 60, 61, 62]
    case .flute: [64, 65, 66, 68, 69, 70, 71, 109, 111]
    case .organ: [52, 56, 57, 61, 66, 68]
    case .synth: [54, 56, 59, 62, 63, 64, 67]
    case .bass: [58, 70]
    case .drums: []
    }
  }

  /// Whether a held key sounds on until it is let go.
  package var sustains: Bool {
    switch self {
    case .strings, .flute, .organ, .synth: true
    case .piano, .bass, .guitar, .drums: false
    }
  }
}

/// Keys of the General MIDI percussion map that the composer uses.
package enum DrumKey: Int, CaseIterable, Sendable {
  case kick = 36
  case snare = 38
  case closedHat = 42
  case tom = 45
  case openHat = 46
  case crash = 49
}
