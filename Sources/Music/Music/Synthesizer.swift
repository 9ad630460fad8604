import CTensorKernels
import Numbers
package import Randomness
import RealModule
import Timelines

/// Turns a piece into sound by adding notes from a note bank.
package struct Synthesizer: Sendable {
  package var options: SynthesizerOptions
  private let bank: NoteBank

  /// How a note ends, in seconds.
  static let fade = 0.05

  package init(options: SynthesizerOptions = SynthesizerOptions()) {
    self.options = options
    bank = NoteBank.shared(options.timbres)
  }

  /// What one track sounds like, drawn once for all its instruments.
  private struct Setting {
    var gains: [Instrument: Float] = [:]
    var variants: [Instrument: Int] = [:]
    var trackGain: Float
    var rate: Float
    var noise: Float
    var noiseSeed: UInt32
    var room: Room?
  }

  /// The whole piece: same piece and stream, same samples.
  package func signal(of piece: Piece, stream: RandomStream) -> AudioSignal {
    let setting = setting(stream: stream)
    var samples = silence(piece)
    for part in piece.parts { add(part, to: &samples, setting: setting) }
    finish(&samples, setting)
    return AudioSignal(samples: samples)
  }

  /// Sound that something else has rendered, in the loudness, room and noise that a piece with this stream would have.
  package func finished(_ signal: AudioSignal, stream: RandomStream) -> AudioSignal {
    let setting = setting(stream: stream)
    var samples = signal.samples
    for index in samples.indices { samples[index] *= setting.trackGain }
    finish(&samples, setting)
    return AudioSignal(samples: samples)
  }

  private func finish(_ samples: inout [Float], _ setting: Setting) {
    if let room = setting.room { room.apply(to: &samples) }
    takt_add_noise(&samples, samples.count, setting.noise, setting.noiseSeed)
  }

  /// One instrument of the piece alone, as it sounds in `signal(of:stream:)` but dry and without noise.
  package func stem(of instrument: Instrument, in piece: Piece, stream: RandomStream) -> AudioSignal {
    let setting = setting(stream: stream)
    var samples = silence(piece)
    for part in piece.parts where part.instrument == instrument { add(part, to: &samples, setting: setting) }
    return AudioSignal(samples: samples)
  }

  private func silence(_ piece: Piece) -> [Float] {
    [Float](repeating: 0, count: Int(saturating: (piece.timeline.duration * AudioSignal.sampleRate).rounded()))
  }

  private func setting(stream: RandomStream) -> Setting {
    var random = stream.derived(1)
    let track = random.uniform(in: options.trackGain)
    var setting = Setting(
      trackGain: Float(Decibels.amplitude(track)), rate: Float(Double.exp2(random.uniform(in: options.tuning) / 1200)),
      noise: Float(Decibels.amplitude(random.uniform(in: options.noiseFloor))),
      noiseSeed: UInt32(truncatingIfNeeded: random.next()))
    for instrument in Instrument.allCases {
      setting.gains[instrument] = Float(Decibels.amplitude(track + random.uniform(in: options.instrumentGain)))
      setting.variants[instrument] = random.integer(in: 0...(bank.variantCount - 1))
    }
    if random.chance(options.rooms) { setting.room = Room(random: &random) }
    return setting
  }

  private func add(_ part: Piece.Part, to samples: inout [Float], setting: Setting) {
    let instrument = part.instrument
    let variant = setting.variants[instrument] ?? 0
    let gain = setting.gains[instrument] ?? 1
    let fade = Int(saturating: Self.fade * AudioSignal.sampleRate)
    let total = samples.count
    samples.withUnsafeMutableBufferPointer { target in
      guard let base = target.baseAddress else { return }
      for note in part.notes {
        let start = Int(saturating: (note.start * AudioSignal.sampleRate).rounded())
        let end = min(Int(saturating: (note.end * AudioSignal.sampleRate).rounded()), total)
        let loudness = gain * Float(note.velocity)
        bank.note(instrument, variant: variant, key: note.key).withUnsafeBufferPointer { source in
          guard let from = source.baseAddress, start >= 0, start < end else { return }
          if instrument == .drums {
            takt_mix_note(base + start, from, min(source.count, end - start), fade, loudness)
          } else {
            let readable = Int(saturating: Float(source.count - 2) / setting.rate)
            takt_mix_note_at_rate(base + start, from, min(end - start, readable), fade, loudness, setting.rate)
          }
        }
      }
    }
  }
}
