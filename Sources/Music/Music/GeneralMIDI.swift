/// What General MIDI's programs are called here.
package enum GeneralMIDI {
  /// The label of a program 0…127 as a timeline's lane names it.
  ///
  /// The composer's eight instruments where the program belongs to one of them: `piano` (0–7), `organ` (16–23, accordions too),
  /// `guitar` (24–31), `bass` (32–39), `strings` (solo strings 40–45, ensembles 48–51, orchestra hit 55, fiddle 110), `flute` (pipes
  /// 72–79), `synth` (80–103), `drums` (timpani 47, percussion 112–119 but steel drums, and channel 10). The others keep labels of
  /// their own: `mallets` (8–15, 108, 114), `harp` (46), `choir` (52–54), `brass` (56–63), `reeds` (64–71, 109, 111), `plucked`
  /// (104–107), `effects` (120–127).
  package static func label(ofProgram program: UInt8, isDrums: Bool) -> String {
    if isDrums { return Instrument.drums.rawValue }
    switch program {
    case 0...7: return Instrument.piano.rawValue
    case 8...15, 108, 114: return "mallets"
    case 16...23: return Instrument.organ.rawValue
    case 24...31: return Instrument.guitar.rawValue
    case 32...39: return Instrument.bass.rawValue
    case 46: return "harp"
    case 40...45, 48...51, 55, 110: return Instrument.strings.rawValue
    case 52...54: return "choir"
    case 56...63: return "brass"
    case 64...71, 109, 111: return "reeds"
    case 72...79: return Instrument.flute.rawValue
    case 80...103: return Instrument.synth.rawValue
    case 104...107: return "plucked"
    case 47, 112...119: return Instrument.drums.rawValue
    default: return "effects"
    }
  }

  /// All labels: the composer's instruments first.
  package static let labels =
    Instrument.allCases.map(\.rawValue) + ["mallets", "harp", "choir", "brass", "reeds", "plucked", "effects"]

  /// Seconds for which a struck or plucked note is heard at most; `nil` where a held key sounds on.
  static func ring(ofLabel label: String) -> Double? {
    switch label {
    case "piano", "bass", "guitar", "mallets", "harp", "plucked": 4
    default: nil
    }
  }
}
