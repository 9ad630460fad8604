import Foundation
import Music
import RealModule
import Testing
import Timelines

@Suite struct FluidSynthTests {
  @Test func missingPartsNameTheRemedy() {
    let install = "apt-get install fluidsynth timgm6mb-soundfont"
    #expect(
      message { _ = try FluidSynth(command: "no-such-synthesizer") } == "no-such-synthesizer: is not installed: \(install)")
    #expect(
      message { _ = try FluidSynth(soundFont: "/no/font.sf2") }.hasPrefix("/no/font.sf2: is no sound font that can be read"))
  }

  @Test func failureIsAnErrorWithTheStatus() throws {
    let folder = try Folder()
    try folder.write(Array("RIFF".utf8) + [4, 0, 0, 0] + Array("sfbk".utf8), to: "font.sf2")
    try folder.write(MIDIFile(piece: ComposedTrack.piece(seed: 31, index: 4)).encoded(), to: "song.mid")
    let synthesizer = try FluidSynth(command: "/bin/false", soundFont: folder.file("font.sf2"))
    #expect(
      message { _ = try synthesizer.signal(ofMIDIFile: folder.file("song.mid")) }
        == "\(folder.file("song.mid")): could not be rendered: /bin/false ended with exit code 1")
  }

  /// Needs the packages fluidsynth and timgm6mb-soundfont, as rendering does.
  @Test func composedPiecesSoundWhereTheirTimelineSays() throws {
    let piece = ComposedTrack.piece(seed: 31, index: 4)
    let synthesizer = try FluidSynth()
    for part in piece.parts {
      guard let lane = piece.timeline.lanes.first(where: { $0.label == part.instrument.rawValue }) else { continue }
      var alone = piece
      alone.parts = [part]
      let signal = try synthesizer.signal(of: alone)
      #expect(signal.duration >= (lane.intervals.last?.end ?? 0) - 1)
      for interval in lane.intervals {
        let start = Int(interval.start * 16_000)
        #expect(Spectrum.rootMeanSquare(signal.samples[start..<(start + 4800)]) > 1e-3, "\(lane.label) at \(interval.start) s")
        // Silent before an entry that comes 3 s or more after the last exit.
        let previous = lane.intervals.last { $0.end < interval.start }?.end ?? 0
        guard interval.start - previous > 3 else { continue }
        #expect(Spectrum.rootMeanSquare(signal.samples[(start - 4800)..<(start - 160)]) < 1e-3)
      }
    }
  }

  @Test func sameFileSameSamples() throws {
    let piece = ComposedTrack.piece(seed: 31, index: 5)
    let synthesizer = try FluidSynth()
    let first = try synthesizer.signal(of: piece)
    #expect(try synthesizer.signal(of: piece) == first)
  }
}
