package import Options

/// How a piece sounds: ranges from which each track draws.
package struct SynthesizerOptions: Sendable, Hashable {
  package var timbres: NoteBank.Timbres = .usual
  /// Gain of each instrument in dB.
  package var instrumentGain: ClosedRange<Double> = -5...3
  /// Gain of the whole track in dB.
  package var trackGain: ClosedRange<Double> = -4...4
  /// Root mean square of the noise in dB below full scale.
  package var noiseFloor: ClosedRange<Double> = -60...(-45)
  /// Tuning of the track against 440 Hz in cents.
  package var tuning: ClosedRange<Double> = -15...15
  /// Probability that a track sounds in a room.
  package var rooms = 0.25

  package init() {}

  /// - Parameter usual: what holds where an option is not said.
  package init(options: inout OptionReader, usual: SynthesizerOptions = SynthesizerOptions()) {
    self = usual
    timbres = options.choice(
      "timbres", default: usual.timbres,
      help: "tone colours: three an instrument, nine, or the one that is kept apart for tests")
    let cents = options.number(
      "tuning", default: usual.tuning.upperBound, in: 0...50, unit: "cents", help: "largest offset from 440 Hz")
    tuning = -cents...cents
    let loudness = options.number(
      "loudness", default: usual.trackGain.upperBound, in: 0...20, unit: "dB", help: "largest gain or loss of a track")
    trackGain = -loudness...loudness
    let noise = options.number(
      "noise", default: usual.noiseFloor.upperBound, in: -60...(-10), unit: "dB", help: "loudest noise; the softest is -60")
    noiseFloor = -60...noise
    rooms = options.number("rooms", default: usual.rooms, in: 0...1, help: "probability that a track sounds in a room")
  }
}
