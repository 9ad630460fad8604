import Files
import Music
import Options
import Randomness

/// The share of training tracks that FluidSynth plays with a sound font.
package struct SoundFontShare: Sendable, Hashable {
  /// Which programs of General MIDI play the parts.
  package enum Programs: String, Sendable, CaseIterable {
    /// Those that sound like the composed instrument.
    case own
    /// Also those of families that the composer does not write for; the lane gets the family's label.
    case any
  }

  package var share: Double
  package var programs: Programs

  /// - Parameter most: the largest share that a source can give.
  init(options: inout OptionReader, most: Double) {
    share = options.number(
      "sound-font-share", default: 0, in: 0...most, help: "share of training tracks that FluidSynth plays with a sound font")
    programs = options.choice(
      "sound-font-programs", default: Programs.own,
      help: "programs like the composed instruments, or also of families that the composer does not write for")
  }

  func tracks(_ count: Int, seed: UInt64, composition: ComposedTrack.Configuration) throws -> RenderedTracks {
    try RenderedTracks(count: count, seed: seed, configuration: composition, usesStandIns: programs == .any)
  }

  /// Throws where stand-ins play instruments that the encoder has no columns for: what it is taught of them would be silence.
  func check(heardBy instruments: [String]) throws {
    guard share > 0, programs == .any else { return }
    let brought = Set(Instrument.allCases.flatMap(\.standIns).map { GeneralMIDI.label(ofProgram: $0, isDrums: false) })
    let unheard = brought.subtracting(instruments).sorted()
    guard unheard.isEmpty else {
      throw NamedError(
        "tracks.sound-font-programs: any brings in \(unheard.joined(separator: ", ")), and the encoder listens for "
          + "\(instruments.joined(separator: ", ")): add them to encoder.instruments in stage encoder, or say own")
    }
  }
}

extension OptionReader {
  /// The key `seed` of a track source.
  mutating func seedOfTracks() -> UInt64 {
    UInt64(integer("seed", default: 1, in: 0...Int(Int32.max), help: "seed of the composer"))
  }

  /// The key `annotation-error` of a track source.
  mutating func annotationError() -> Double {
    number(
      "annotation-error", default: 0, in: 0...60, unit: "s",
      help: "largest error of the times in the training tracks' annotations")
  }
}

extension TrackSource {
  /// These with annotations that err, where they are to.
  func misplaced(upTo error: Double, seed: UInt64, skip: Int) -> any TrackSource {
    guard error > 0 else { return self }
    return MisplacedTracks(self, upTo: error, stream: RandomStream(seed: seed).derived(0x616E, skip))
  }
}
