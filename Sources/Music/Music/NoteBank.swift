import Numbers
import Randomness
import RealModule

/// Every note that the composer can ask for, rendered once: instrument × timbre variant × key.
///
/// Four variants an instrument; the fourth is held out of the other banks, so that a model can be tried on timbres it never heard.
package struct NoteBank: Sendable {
  /// Which timbre variants to hold.
  package enum Timbres: String, CaseIterable, Sendable {
    /// Variants 1 to 3.
    case usual
    /// Variants 1 to 3, and six more that are drawn around them; see ``Timbre/varied(using:)``.
    case varied
    /// Variant 4.
    case heldOut = "held-out"

    var variants: [Int] {
      switch self {
      case .usual: [0, 1, 2]
      case .varied: [0, 1, 2] + Array(4..<10)
      case .heldOut: [3]
      }
    }
  }

  /// Samples of a pitched note: the longest note and what a tuning offset reads beyond it.
  static let noteLength = Int(saturating: (Composer.longestNote + 0.1) * AudioSignal.sampleRate)

  let timbres: Timbres
  /// By instrument, variant, key.
  private var notes: [[[Int: [Float]]]]

  package static let usual = NoteBank(.usual)
  package static let varied = NoteBank(.varied)
  package static let heldOut = NoteBank(.heldOut)

  package static func shared(_ timbres: Timbres) -> NoteBank {
    switch timbres {
    case .usual: usual
    case .varied: varied
    case .heldOut: heldOut
    }
  }

  init(_ timbres: Timbres) {
    self.timbres = timbres
    let stream = RandomStream(seed: 0x6E6F_7465_6261_6E6B)
    notes = Instrument.allCases.enumerated().map { number, instrument in
      timbres.variants.map { variant in
        let timbre = Self.timbre(of: instrument, variant: variant, stream: stream.derived(number, variant))
        return Self.keys(of: instrument).reduce(into: [:]) { held, key in
          var random = stream.derived(number, variant, key)
          held[key] = Self.samples(of: timbre, variant: variant, key: key, random: &random)
        }
      }
    }
  }

  var variantCount: Int { timbres.variants.count }

  /// The samples of a note; keys outside the instrument's range are moved into it by octaves.
  func note(_ instrument: Instrument, variant: Int, key: Int) -> [Float] {
    let number = Instrument.allCases.firstIndex(of: instrument) ?? 0
    return notes[number][variant][Self.playable(key, instrument)] ?? []
  }

  static func playable(_ key: Int, _ instrument: Instrument) -> Int {
    if instrument == .drums { return DrumKey(rawValue: key)?.rawValue ?? DrumKey.closedHat.rawValue }
    var key = key
    while key < instrument.range.lowerBound { key += 12 }
    while key > instrument.range.upperBound { key -= 12 }
    return key
  }

  private static func keys(of instrument: Instrument) -> [Int] {
    instrument == .drums ? DrumKey.allCases.map(\.rawValue) : Array(instrument.range)
  }

  /// The timbre of a variant, `nil` for drums; variants past the four written ones are drawn around the first three.
  private static func timbre(of instrument: Instrument, variant: Int, stream: RandomStream) -> Timbre? {
    let written = Timbre.variants(of: instrument)
    guard !written.isEmpty else { return nil }
    if variant < written.count { return written[variant] }
    var stream = stream
    return written[(variant - written.count) % 3].varied(using: &stream)
  }

  private static func samples(of timbre: Timbre?, variant: Int, key: Int, random: inout RandomStream) -> [Float] {
    guard let timbre else {
      guard let drum = DrumKey(rawValue: key) else { return [] }
      return DrumTone(drum, kit: variant, random: &random).samples
    }
    let frequency = 440 * Double.exp2(Double(key - 69) / 12)
    return Tone(timbre, frequency: frequency, count: noteLength, random: &random).samples
  }
}
