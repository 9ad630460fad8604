import Dispatch
import Randomness
import RealModule
import Synchronization
import Testing
import Timelines

@testable import Music

@Suite struct SynthesizerTests {
  /// No gain, detuning, noise or room: what is left is the timbre.
  private func plain(_ timbres: NoteBank.Timbres = .usual) -> SynthesizerOptions {
    var options = SynthesizerOptions()
    options.timbres = timbres
    options.instrumentGain = 0...0
    options.trackGain = 0...0
    options.noiseFloor = -200...(-200)
    options.tuning = 0...0
    options.rooms = 0
    return options
  }

  private func piece(_ instrument: Instrument, key: Int, velocity: Double = 1, seconds: Double = 2) -> Piece {
    let note = Note(start: 0.5, end: 0.5 + seconds, key: key, velocity: velocity)
    return Piece(
      timeline: Timeline(
        trackID: "one", duration: 3, lanes: [.init(label: instrument.rawValue, intervals: [Interval(note.start, note.end)])],
        sections: []),
      parts: [.init(instrument: instrument, notes: [note])], tempo: TempoMap(beatsPerMinute: 120))
  }

  private func signal(_ piece: Piece, _ options: SynthesizerOptions, seed: UInt64 = 1) -> [Float] {
    Synthesizer(options: options).signal(of: piece, stream: RandomStream(seed: seed)).samples
  }

  @Test func laneSoundsWhereItsIntervalsAreAndNowhereElse() {
    for index in 0..<12 {
      let piece = ComposedTrack.piece(seed: 21, index: index)
      let synthesizer = Synthesizer()
      for lane in piece.timeline.lanes {
        guard let instrument = Instrument(rawValue: lane.label) else { continue }
        let samples = synthesizer.stem(of: instrument, in: piece, stream: RandomStream(seed: UInt64(index))).samples
        var silence = samples
        for interval in lane.intervals {
          let start = Int((interval.start * 16_000).rounded())
          let end = Int((interval.end * 16_000).rounded())
          #expect(
            Spectrum.rootMeanSquare(samples[start..<(start + 3200)]) > 1e-3, "\(lane.label) enters at \(interval.start) s")
          for window in stride(from: start, to: end - 24_000, by: 8000) {
            #expect(
              Spectrum.rootMeanSquare(samples[window..<(window + 24_000)]) > 4e-4,
              "\(lane.label) at \(Double(window) / 16_000) s")
          }
          silence.replaceSubrange(start..<end, with: repeatElement(0, count: end - start))
        }
        #expect(silence.allSatisfy { $0 == 0 }, "\(lane.label) outside its intervals")
      }
    }
  }

  @Test func trackIsTheSumOfItsStems() {
    var options = plain()
    options.instrumentGain = -5...3
    options.tuning = 10...10
    let piece = ComposedTrack.piece(seed: 2, index: 0)
    let synthesizer = Synthesizer(options: options)
    let stream = RandomStream(seed: 6)
    var sum = [Float](repeating: 0, count: Int((piece.timeline.duration * 16_000).rounded()))
    for part in piece.parts {
      let stem = synthesizer.stem(of: part.instrument, in: piece, stream: stream).samples
      for index in sum.indices { sum[index] += stem[index] }
    }
    let whole = synthesizer.signal(of: piece, stream: stream).samples
    let worst = zip(sum, whole).map { abs($0 - $1) }.max() ?? 1
    #expect(worst < 1e-5)
  }

  /// The strongest frequency near a pitch, in cents from it.
  private func tuning(_ samples: ArraySlice<Float>, of key: Int) -> Double {
    let pitch = 440 * Double.exp2(Double(key - 69) / 12)
    let cents = stride(from: -60.0, through: 60, by: 2).max { one, other in
      Spectrum.power(of: samples, at: pitch * .exp2(one / 1200) / 16_000)
        < Spectrum.power(of: samples, at: pitch * .exp2(other / 1200) / 16_000)
    }
    return cents ?? .nan
  }

  @Test(arguments: Instrument.allCases.filter { $0 != .drums }) func notesAreInTune(instrument: Instrument) {
    let middle = (instrument.range.lowerBound + instrument.range.upperBound) / 2
    for key in [instrument.range.lowerBound, middle, instrument.range.upperBound] {
      for timbres in NoteBank.Timbres.allCases {
        let samples = signal(piece(instrument, key: key), plain(timbres), seed: UInt64(key))
        // A second voice up to 20 cents higher is part of some timbres.
        #expect(abs(tuning(samples[9_000..<32_000], of: key) - 4) <= 16, "\(instrument) \(key) \(timbres)")
      }
    }
  }

  @Test func variedTimbresAreNineAnInstrumentAndLeaveTheHeldOutOneOut() {
    let (varied, usual, heldOut) = (NoteBank.varied, NoteBank.usual, NoteBank.heldOut)
    for instrument in Instrument.allCases {
      let key = instrument == .drums ? DrumKey.snare.rawValue : instrument.range.lowerBound
      let notes = (0..<9).map { varied.note(instrument, variant: $0, key: key) }
      #expect(Set(notes).count == 9, "\(instrument)")
      #expect((0..<3).allSatisfy { notes[$0] == usual.note(instrument, variant: $0, key: key) })
      #expect(!notes.contains(heldOut.note(instrument, variant: 0, key: key)))
    }
  }

  @Test func tuningMovesThePitch() {
    var options = plain()
    options.tuning = 40...40
    let flat = tuning(signal(piece(.organ, key: 69), plain(), seed: 3)[9_000..<32_000], of: 69)
    let sharp = tuning(signal(piece(.organ, key: 69), options, seed: 3)[9_000..<32_000], of: 69)
    #expect(abs(sharp - flat - 40) <= 2)
  }

  @Test func gainsAndVelocityAreDecibels() {
    var louder = plain()
    louder.trackGain = 4...4
    louder.instrumentGain = -5 ... -5
    let reference = Spectrum.rootMeanSquare(signal(piece(.strings, key: 60), plain()))
    #expect(abs(Spectrum.decibels(Spectrum.rootMeanSquare(signal(piece(.strings, key: 60), louder)) / reference) + 1) < 1e-4)
    let half = Spectrum.rootMeanSquare(signal(piece(.strings, key: 60, velocity: 0.5), plain()))
    #expect(abs(half / reference - 0.5) < 1e-6)
  }

  @Test func notesEndWithAFade() {
    let samples = signal(piece(.organ, key: 60, seconds: 1), plain())
    let end = 24_000
    #expect(samples[end...].allSatisfy { abs($0) < 1e-9 })
    let before = Spectrum.rootMeanSquare(samples[(end - 1600)..<(end - 800)])
    let last = Spectrum.rootMeanSquare(samples[(end - 80)..<end])
    #expect(last < 0.12 * before && last > 0)
    #expect(Spectrum.rootMeanSquare(samples[..<8000]) < 1e-9)
  }

  @Test func noiseIsWhiteAtItsLevel() {
    var options = plain()
    options.noiseFloor = -50...(-50)
    var silent = piece(.piano, key: 60, velocity: 0)
    silent.timeline.duration = 30
    let noise = signal(silent, options, seed: 12)
    #expect(abs(Spectrum.decibels(Spectrum.rootMeanSquare(noise)) + 50) < 0.1)
    let mean = noise.reduce(0.0) { $0 + Double($1) } / Double(noise.count)
    #expect(abs(mean) < 2e-5)
    let energy = noise.reduce(0.0) { $0 + Double($1) * Double($1) }
    for lag in [1, 2, 3, 16, 320] {
      let correlation = zip(noise, noise.dropFirst(lag)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } / energy
      #expect(abs(correlation) < 0.01)
    }
  }

  @Test func heldOutTimbresAreOthers() {
    for instrument in Instrument.allCases {
      let key = instrument == .drums ? 38 : (instrument.range.lowerBound + instrument.range.upperBound) / 2
      let heldOut = signal(piece(instrument, key: key), plain(.heldOut))
      for seed in 0..<8 {
        let usual = signal(piece(instrument, key: key), plain(), seed: UInt64(seed))
        let difference = zip(usual, heldOut).map { $0 - $1 }
        #expect(Spectrum.rootMeanSquare(difference) > 0.2 * Spectrum.rootMeanSquare(heldOut))
      }
    }
  }

  @Test func roomsAddATailAndKeepTheDirectSound() {
    var options = plain()
    options.rooms = 1
    let dry = signal(piece(.drums, key: 38, seconds: 0.2), plain(), seed: 4)
    let wet = signal(piece(.drums, key: 38, seconds: 0.2), options, seed: 4)
    #expect(Array(wet[..<8100]) == Array(dry[..<8100]))
    let tail = Spectrum.rootMeanSquare(wet[11_300..<13_000])
    #expect(Spectrum.rootMeanSquare(dry[11_300..<13_000]) < 1e-9)
    #expect(tail > 1e-5 && tail < 0.3 * Spectrum.rootMeanSquare(dry[8000..<11_200]))
  }

  @Test func tracksDependOnSeedAndIndexAlone() {
    let serial = (0..<6).map { ComposedTrack.make(seed: 3, index: $0) }
    let parallel = Mutex<[Int: ComposedTrack]>([:])
    DispatchQueue.concurrentPerform(iterations: 6) { index in
      let track = ComposedTrack.make(seed: 3, index: 5 - index)
      parallel.withLock { $0[5 - index] = track }
    }
    parallel.withLock { tracks in
      for index in 0..<6 { #expect(tracks[index] == serial[index]) }
    }
    #expect(serial[0].spectrogram.values != serial[1].spectrogram.values)
    #expect(serial.allSatisfy { $0.spectrogram.frames == Int(($0.timeline.duration * 50).rounded(.up)) })
  }
}
