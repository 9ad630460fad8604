import RealModule

/// How an instrument's tone is made, one of several variants of the instrument.
struct Timbre: Sendable {
  enum Source: Sendable {
    /// Partials k with amplitudes a_k at k·f·√(1 + B·k²) that fall by 60 dB in decay/k^damping seconds; `.infinity` holds.
    case partials(amplitudes: [Double], inharmonicity: Double, decay: Double, damping: Double)
    /// A sine whose phase is moved by a second sine at `ratio` times its frequency, the index falling exponentially.
    case frequencyModulation(ratio: Double, index: Double, indexDecay: Double, decay: Double)
    /// A string plucked with noise: Karplus and Strong 1983. Brightness 0…1.
    case plucked(brightness: Double, decay: Double)
  }

  var source: Source
  /// Seconds.
  var attack: Double
  /// Second voice this many cents away; 0 for none.
  var detune = 0.0
  /// Depth in cents at 5.5 Hz; 0 for none.
  var vibrato = 0.0
  /// Breath noise relative to the tone's amplitude.
  var breath = 0.0
  /// Level after normalisation, in dB.
  var level = 0.0

  /// Variants of a pitched instrument; the last is the held-out one.
  static func variants(of instrument: Instrument) -> [Timbre] {
    switch instrument {
    case .piano:
      return [
        piano(rolloff: 1.1, decay: 5), piano(rolloff: 1.5, decay: 4), piano(rolloff: 0.9, decay: 3.2),
        Timbre(source: .frequencyModulation(ratio: 1, index: 1.6, indexDecay: 0.8, decay: 4.5), attack: 0.004),
      ]
    case .bass:
      return [
        Timbre(source: fading(power: 1.4, count: 10, decay: 4, damping: 0.5), attack: 0.008, level: 1),
        Timbre(source: .plucked(brightness: 0.35, decay: 4), attack: 0.004, level: 1),
        Timbre(source: .frequencyModulation(ratio: 1, index: 2.2, indexDecay: 0.25, decay: 4), attack: 0.006, level: 1),
        Timbre(source: fading(power: 1, count: 14, decay: 3.2, damping: 0.8), attack: 0.012, level: 1),
      ]
    case .strings:
      return [
        Timbre(source: held(power: 1.0, count: 18), attack: 0.09, detune: 9, vibrato: 8),
        Timbre(source: held(power: 1.25, count: 16), attack: 0.12, detune: 12, vibrato: 5),
        Timbre(source: held(power: 0.85, count: 16), attack: 0.06, detune: 7, vibrato: 12),
        Timbre(source: held(power: 1.1, count: 12), attack: 0.15, detune: 15, vibrato: 10),
      ]
    case .flute:
      return [
        Timbre(source: levels([1, 0.4, 0.15, 0.05]), attack: 0.05, vibrato: 12, breath: 0.04, level: -1),
        Timbre(source: levels([1, 0.2, 0.25, 0.04]), attack: 0.07, vibrato: 18, breath: 0.06, level: -1),
        Timbre(source: levels([1, 0.6, 0.1, 0.08, 0.03]), attack: 0.04, vibrato: 8, breath: 0.03, level: -1),
        Timbre(source: levels([1, 0.1, 0.3]), attack: 0.06, vibrato: 15, breath: 0.1, level: -1),
      ]
    case .guitar:
      return [
        Timbre(source: .plucked(brightness: 0.6, decay: 3), attack: 0.002),
        Timbre(source: .plucked(brightness: 0.85, decay: 4), attack: 0.002),
        Timbre(source: .plucked(brightness: 0.45, decay: 2.5), attack: 0.003),
        Timbre(source: .plucked(brightness: 0.75, decay: 2.8), attack: 0.006, detune: 6),
      ]
    case .organ:
      return [
        Timbre(source: levels([1, 0.8, 0.6, 0.4, 0, 0.2, 0, 0.3]), attack: 0.012),
        Timbre(source: levels([0.7, 1, 0.2, 0.6, 0, 0.1, 0, 0.4]), attack: 0.02, vibrato: 4),
        Timbre(source: levels([1, 0.3, 0.9, 0.1, 0, 0.5]), attack: 0.008, detune: 4),
        Timbre(source: levels([1, 0.5, 0.3, 0.7, 0.2, 0, 0, 0.6]), attack: 0.015, vibrato: 6),
      ]
    case .synth:
      return [
        Timbre(source: odd(power: 1.0, count: 15), attack: 0.006, detune: 14),
        Timbre(source: .frequencyModulation(ratio: 2, index: 2.5, indexDecay: 3, decay: .infinity), attack: 0.01, detune: 8),
        Timbre(source: held(power: 0.7, count: 14), attack: 0.008, detune: 20),
        Timbre(source: .frequencyModulation(ratio: 3, index: 1.8, indexDecay: 2, decay: .infinity), attack: 0.02, detune: 10),
      ]
    case .drums:
      return []
    }
  }

  private static func piano(rolloff: Double, decay: Double) -> Timbre {
    Timbre(source: powers(rolloff, count: 14, inharmonicity: 4e-4, decay: decay, damping: 0.6), attack: 0.003)
  }

  private static func fading(power: Double, count: Int, decay: Double, damping: Double) -> Source {
    powers(power, count: count, inharmonicity: 1e-4, decay: decay, damping: damping)
  }

  private static func held(power: Double, count: Int) -> Source {
    powers(power, count: count, inharmonicity: 0, decay: .infinity, damping: 0)
  }

  private static func powers(_ power: Double, count: Int, inharmonicity: Double, decay: Double, damping: Double) -> Source {
    .partials(
      amplitudes: (1...count).map { 1 / Self.power(Double($0), power) }, inharmonicity: inharmonicity, decay: decay,
      damping: damping)
  }

  private static func odd(power: Double, count: Int) -> Source {
    levels((1...count).map { $0 % 2 == 1 ? 1 / Self.power(Double($0), power) : 0 })
  }

  private static func levels(_ amplitudes: [Double]) -> Source {
    .partials(amplitudes: amplitudes, inharmonicity: 0, decay: .infinity, damping: 0)
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double { Double.pow(base, exponent) }
}
