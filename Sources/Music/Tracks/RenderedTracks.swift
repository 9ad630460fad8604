package import Music
import Numbers
import Randomness
import Synchronization
package import Timelines

/// Composed pieces as a sound font plays them: each instrument on one of the General MIDI programs that sound like it, or with
/// stand-ins, where about half of the parts go to a program of another family, if one is free, and their lanes get its label; never drums.
///
/// Rendering takes a quarter of a second, so a track that has been asked for stays in memory: 0.75 MB a minute.
package final class RenderedTracks: TrackSource {
  package let seed: UInt64
  package let count: Int
  private let configuration: ComposedTrack.Configuration
  private let usesStandIns: Bool
  private let player: FluidSynth
  private let held = Mutex<[Int: (timeline: Timeline, spectrogram: LogMelSpectrogram)]>([:])

  /// Throws where FluidSynth or a sound font is not installed; the message says what to install.
  package init(
    count: Int, seed: UInt64, configuration: ComposedTrack.Configuration, usesStandIns: Bool = false
  ) throws {
    self.seed = seed
    self.usesStandIns = usesStandIns
    self.count = count
    self.configuration = configuration
    player = try FluidSynth()
  }

  package func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
    if let track = held.withLock({ $0[index] }) { return track }
    let (timeline, signal) = try render(index)
    let made = (timeline, LogMel().spectrogram(of: signal))
    held.withLock { $0[index] = made }
    return made
  }

  package func signal(_ index: Int) throws -> AudioSignal { try render(index).signal }

  package func intensity(_ index: Int) -> IntensityCurve? { piece(index).intensity }

  private func piece(_ index: Int) -> Piece {
    Composer(options: configuration.composer).piece(
      id: "rendered-\(seed)-\(index)", stream: RandomStream(seed: seed).derived(index).derived(1))
  }

  private func render(_ index: Int) throws -> (timeline: Timeline, signal: AudioSignal) {
    let stream = RandomStream(seed: seed).derived(index)
    let piece = piece(index)
    var random = stream.derived(2)
    var programs = Instrument.allCases.reduce(into: [:]) { chosen, instrument in
      chosen[instrument] = instrument.programs.randomElement(using: &random)
    }
    var timeline = piece.timeline
    if usesStandIns {
      programs.merge(Self.standIns(using: &random)) { _, other in other }
      for lane in timeline.lanes.indices {
        guard let instrument = Instrument(rawValue: timeline.lanes[lane].label), let program = programs[instrument] else {
          continue
        }
        timeline.lanes[lane].label = GeneralMIDI.label(ofProgram: program, isDrums: instrument == .drums)
      }
    }
    var signal = try player.signal(of: piece, programs: programs)
    let length = Int(saturating: (piece.timeline.duration * AudioSignal.sampleRate).rounded())
    signal.samples = Array(signal.samples.prefix(length)) + [Float](repeating: 0, count: max(0, length - signal.samples.count))
    signal = Synthesizer(options: configuration.synthesizer).finished(signal, stream: stream.derived(3))
    return (timeline, signal)
  }

  /// Programs of other families for about half of the instruments; no two have the same label.
  private static func standIns(using random: inout RandomStream) -> [Instrument: UInt8] {
    var labels: Set<String> = []
    var chosen: [Instrument: UInt8] = [:]
    for instrument in Instrument.allCases where random.uniform() < 0.5 {
      let free = instrument.standIns.filter { !labels.contains(GeneralMIDI.label(ofProgram: $0, isDrums: false)) }
      guard let program = free.randomElement(using: &random) else { continue }
      labels.insert(GeneralMIDI.label(ofProgram: program, isDrums: false))
      chosen[instrument] = program
    }
    return chosen
  }
}
