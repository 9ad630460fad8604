import AudioLanguageModel
import RealModule
import Tensors
import Testing
import Timelines

@Suite struct IntensityMeaningTests {
  private static let heads = EncoderHeads(instruments: ["piano"])
  private static let onsets =
    stride(from: 0, to: 20, by: 0.5).map { (time: $0, loudness: 0.4) }
    + stride(from: 20, to: 40, by: 0.125).map { (time: $0, loudness: 0.4) }
  private static let curve = IntensityCurve(onsets: onsets, duration: 40)
  private static let timeline = Timeline(
    trackID: "t", duration: 40, lanes: [],
    sections: [
      .init(interval: Interval(0, 20), label: "", intensity: 0.25), .init(interval: Interval(20, 40), label: "", intensity: 1),
    ], intensity: curve)

  /// Two notes of 0.4 a second are 0.2 a step, so log(1 + 20 · 0.2) / 5.
  @Test func notesGiveTheLogarithmOfTheirLoudness() {
    let targets = EncoderTargets(Self.timeline, heads: Self.heads, frames: 200, intensity: .notes)
    #expect(abs(Double(targets.values[50, 2]) - Double.log(1 + 20 * 0.2) / 5) < 0.01)
    for row in [0, 33, 100, 199] {
      let expected = Double.log(1 + 20 * Self.curve.values[min(Int(Double(row) / 5 / 0.25), 159)]) / 5
      #expect(abs(Double(targets.values[row, 2]) - expected) < 1e-6)
    }
    // Changes stay those of the sections.
    #expect(abs(targets.values[100, 1] - 0.75) < 1e-6 && targets.hasChanges && targets.hasLevel)
  }

  @Test func withoutNotesTheLevelIsUnknownAndChangesAreNot() {
    var silent = Self.timeline
    silent.intensity = nil
    let targets = EncoderTargets(silent, heads: Self.heads, frames: 200, intensity: .notes)
    #expect(!targets.hasLevel && targets.hasChanges)
    var formless = Self.timeline
    formless.sections = []
    let other = EncoderTargets(formless, heads: Self.heads, frames: 200, intensity: .notes)
    #expect(other.hasLevel && !other.hasChanges)
    #expect(!EncoderTargets(formless, heads: Self.heads, frames: 200).hasLevel)
  }

  /// Where the estimate is right, so are the levels: those that the curve itself is cut into.
  @Test func aRightEstimateBecomesTheRightLevels() {
    var values = EncoderTargets(Self.timeline, heads: Self.heads, frames: 200, intensity: .notes).values
    let before = values
    values.cutIntoLevels(2, duration: 40)
    let sections = Self.curve.sections
    for row in 0..<200 where abs(Double(row) / 5 - 20) > 4 {
      let level = sections.last { $0.interval.start <= Double(row) / 5 }?.intensity
      #expect(Double(values[row, 2]) == level)
      #expect(values[row, 1] == before[row, 1])
    }
  }

  @Test func anEncoderOfNotesSaysLevelsAndNothingElseChanges() throws {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 3)
    let track = toneTrack(seed: 2)
    let plain = try encoder.encode([("t", 20, track.spectrogram)])[0]
    let levels = try encoder.hearing(.notes).encode([("t", 20, track.spectrogram)])[0]
    let column = encoder.configuration.heads.intensityLevel
    for row in 0..<plain.heads.rows {
      #expect([0, 0.25, 0.5, 0.75, 1].contains(levels.heads[row, column]))
      for other in 0..<plain.heads.columns where other != column {
        #expect(levels.heads[row, other] == plain.heads[row, other])
      }
    }
    #expect(levels.frames == plain.frames)
  }

  /// Three windows of 24 s and one cut: levels of single windows would each have a loudest stretch of their own.
  @Test func levelsAreCutOverTheWholeTrackAndNotOverItsWindows() throws {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 3)
    let tones = toneTrack(seed: 2).spectrogram
    let spectrogram = Tensor(
      shape: [3000, 8], values: (0..<24_000).map { tones.values[$0 % 8000] + Float($0 / 8000) })
    let column = encoder.configuration.heads.intensityLevel
    var expected = try encoder.encode([("t", 60, spectrogram)])[0].heads
    expected.cutIntoLevels(column, duration: 60)
    #expect(try encoder.hearing(.notes).encode([("t", 60, spectrogram)])[0].heads == expected)
    #expect(Set((0..<expected.rows).map { expected[$0, column] }).count > 1)
  }

  @Test func theMeaningIsKeptInTheFile() throws {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 1)
    #expect(encoder.safetensors().metadata["intensity"] == nil)
    let notes = encoder.hearing(.notes)
    #expect(try MusicEncoder(decoding: notes.encoded()).configuration == notes.configuration)
    #expect(notes.listening(to: ["piano"], seed: 1).configuration.intensity == .notes)
    var file = notes.safetensors()
    file.metadata["intensity"] = "loudness"
    let error = #expect(throws: MusicEncoderError.self) { try MusicEncoder(decoding: file.encoded()) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("not one of sections, notes"))
  }

  @Test func theEstimateIsLearnt() throws {
    let curve = IntensityCurve(
      onsets: stride(from: 0, to: 10, by: 1).map { ($0, 0.3) } + stride(from: 10, to: 20, by: 0.1).map { ($0, 0.6) },
      duration: 20)
    let batch = (1...4).map { seed in
      var track = toneTrack(seed: UInt64(seed))
      track.timeline.sections = []
      track.timeline.intensity = curve
      return track
    }
    var trainer = EncoderTrainer(MusicEncoder(configuration: smallConfiguration(), seed: 1).hearing(.notes), seed: 1)
    let first = try trainer.step(batch, learningRate: 3e-3).loss.intensity
    var last = first
    for _ in 0..<60 { last = try trainer.step(batch, learningRate: 3e-3).loss.intensity }
    let share = last / first
    #expect(first > 2 && share < 0.1)
  }
}
