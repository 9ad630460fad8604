import AudioLanguageModel
import Experiments
import Music
import Options
import Randomness
import Tensors
import Testing
import Timelines

@testable import EncoderStages
@testable import PolicyStages
@testable import Tracks

struct TrackSourcesTests {
  private func splits(_ entries: [String: Double], programs: String = "own") throws -> TrackSplits {
    let numbers = entries.sorted { $0.key < $1.key }.map { OptionEntry(key: $0.key, value: OptionValue(.number($0.value))) }
    var reader = OptionReader(
      OptionValue(.map(numbers + [OptionEntry(key: "sound-font-programs", value: OptionValue(.text(programs)))])))
    let options = ComposedTrackKind(options: &reader)
    try reader.finish()
    return try options.splits()
  }

  @Test func aStreamOfTracksHoldsLongOnesAtTheirShare() throws {
    let source = try splits(["train": 60, "long-share": 0.3]).train
    let durations = try (0..<60).map { try source.track($0).timeline.duration }
    let long = durations.filter { $0 > 60 }
    #expect(long.allSatisfy { $0 <= 180 } && durations.allSatisfy { $0 >= 40 })
    // Binomial: 18 expected, standard deviation 3.5.
    #expect((8...28).contains(long.count))
    let first = durations.firstIndex { $0 <= 60 } ?? 0
    let plain = try splits(["train": 60]).train
    #expect(try source.track(first).timeline == plain.track(first).timeline)
  }

  /// Needs the packages fluidsynth and timgm6mb-soundfont.
  @Test func tracksOfTheSoundFontRepeatAndLastAsLongAsTheirTimelines() throws {
    let source = try splits(["train": 12, "sound-font-share": 1, "sound-font-pieces": 2]).train
    let tracks = try (0..<12).map { try source.track($0) }
    #expect(Set(tracks.map(\.timeline.trackID)).count == 2)
    for track in tracks {
      #expect(track.spectrogram.frames == Int((track.timeline.duration * 50).rounded(.up)))
      let sounding = track.spectrogram.values.filter { $0 > 0 }.count
      #expect(Double(sounding) > 0.1 * Double(track.spectrogram.values.count))
    }
  }

  /// The same pieces, note for note; the sound of those that are held out is another, that of the others is not.
  @Test func heldOutTracksSoundAsTheOptionsSay() throws {
    func splits(_ sound: [OptionEntry]) throws -> TrackSplits {
      let counts = ["train", "validation", "test"].map { OptionEntry(key: $0, value: OptionValue(.number(1))) }
      var reader = OptionReader(OptionValue(.map(counts + sound)))
      let options = ComposedTrackKind(options: &reader)
      try reader.finish()
      return try options.splits()
    }
    func map(_ key: String, _ entries: [String: Double], timbres: String? = nil) -> OptionEntry {
      var inner = entries.map { OptionEntry(key: $0.key, value: OptionValue(.number($0.value))) }
      if let timbres { inner.append(OptionEntry(key: "timbres", value: OptionValue(.text(timbres)))) }
      return OptionEntry(key: key, value: OptionValue(.map(inner)))
    }
    let (usual, strange) = (try splits([]), try splits([map("test-sound", ["rooms": 1], timbres: "held-out")]))
    #expect(try strange.test.timeline(0) == usual.test.timeline(0))
    #expect(try strange.test.track(0).spectrogram.values != usual.test.track(0).spectrogram.values)
    #expect(try strange.train.track(0).spectrogram.values == usual.train.track(0).spectrogram.values)
    #expect(try strange.validation.track(0).spectrogram.values == usual.validation.track(0).spectrogram.values)
    // What the held-out sound does not say is as for the others.
    let composition = map("composition", ["tuning": 50, "noise": -20])
    let (noisy, same) = (try splits([composition]), try splits([composition, map("test-sound", ["noise": -20])]))
    #expect(try same.test.track(0).spectrogram.values == noisy.test.track(0).spectrogram.values)
  }

  /// Those that are measured in training are not the excerpts of one piece.
  @Test func measuredTracksAreSpreadOverAll() {
    #expect(TrackSchedule.spread(3, over: 10) == [0, 3, 6])
    #expect(TrackSchedule.spread(5, over: 3) == [0, 1, 2])
    #expect(TrackSchedule.spread(0, over: 3).isEmpty && TrackSchedule.spread(4, over: 0).isEmpty)
  }

  @Test func joinedTracksAreThoseOfTheirSourcesInTurn() throws {
    let (first, second) = (try splits(["train": 2]).train, try splits(["train": 3, "seed": 7]).train)
    let joined = JoinedTracks([first, second])
    #expect(joined.count == 5)
    for index in 0..<5 {
      let (source, place) = index < 2 ? (first, index) : (second, index - 2)
      #expect(try joined.timeline(index) == source.timeline(place) && joined.identity(index) == source.identity(place))
    }
    #expect(try joined.track(2).spectrogram == second.track(0).spectrogram)
  }

  @Test func standInsAreOfFamiliesThatTheComposerDoesNotWriteForAndMustBeHeard() throws {
    for instrument in Instrument.allCases {
      for program in instrument.standIns {
        #expect(Instrument(rawValue: GeneralMIDI.label(ofProgram: program, isDrums: false)) == nil, "\(instrument) \(program)")
      }
    }
    var reader = OptionReader()
    var options = ComposedTrackKind(options: &reader)
    options.soundFont.share = 0.5
    options.soundFont.programs = .any
    let error = #expect(throws: (any Error).self) { try options.check(heardBy: ["piano", "harp"]) }
    #expect(error.map { "\($0)".contains("brass") && !"\($0)".contains("in harp") } == true)
    try options.check(heardBy: GeneralMIDI.labels)
  }

  @Test func standInsBringInFamiliesThatTheComposerDoesNotWriteFor() throws {
    func labels(_ programs: String) throws -> [[String]] {
      let source = try splits(["train": 12, "sound-font-share": 1, "sound-font-pieces": 8], programs: programs).train
      return try (0..<12).map { try source.track($0).timeline.lanes.map(\.label) }
    }
    let (own, any) = (try labels("own"), try labels("any"))
    let composed = Set(Instrument.allCases.map(\.rawValue))
    #expect(own.joined().allSatisfy(composed.contains))
    #expect(any.allSatisfy { Set($0).count == $0.count && $0.allSatisfy(GeneralMIDI.labels.contains) })
    let foreign = any.joined().filter { !composed.contains($0) }.count
    // A part in two, but for drums and for families that are taken.
    #expect((0.2...0.6).contains(Double(foreign) / Double(any.joined().count)))
  }

  @Test func thePoolCutsLongTracksToTheWindowAndGivesTheSameAgain() throws {
    let source = try splits(["train": 6, "long-share": 1]).train
    let pool = SpectrogramPool(source, kept: 2, window: 320)
    let first = try pool.tracks([0, 1, 5, 1])
    let again = try SpectrogramPool(source, kept: 0, window: 320).tracks([0, 1, 5, 1])
    for (track, same) in zip(first, again) {
      #expect(track.spectrogram.shape == [3200, 64])
      #expect(track.timeline == same.timeline && track.spectrogram == same.spectrogram)
      #expect(abs(track.timeline.duration - 64) < 1e-9)
    }
    #expect(first[1].timeline == first[3].timeline && first[0].timeline != first[1].timeline)
  }

  @Test func aMixedTracksTimelineIsTheOneItHasWithItsSound() throws {
    let source = try splits(["train": 8, "long-share": 0.5]).train
    for index in 0..<8 { #expect(try source.timeline(index) == source.track(index).timeline) }
    let identities = (0..<8).compactMap { source.identity($0) }
    #expect(Set(identities).count == 8)
  }

  @Test func annotationsThatErrAreTheSameInEveryMakeAndLeaveTheSound() throws {
    let exact = try splits(["train": 3, "test": 2])
    let (first, again) = (
      try splits(["train": 3, "test": 2, "annotation-error": 5]), try splits(["train": 3, "annotation-error": 5])
    )
    for index in 0..<3 {
      let (timeline, spectrogram) = try first.train.track(index)
      let truth = try exact.train.track(index)
      #expect(try timeline == again.train.track(index).timeline)
      #expect(try timeline == first.train.timeline(index))
      #expect(timeline != truth.timeline && spectrogram.values == truth.spectrogram.values)
      #expect(first.train.identity(index) != exact.train.identity(index))
    }
    for index in 0..<2 { #expect(try first.test.timeline(index) == exact.test.timeline(index)) }
    let precise = try splits(["train": 1, "annotation-error": 0])
    #expect(try precise.train.timeline(0) == exact.train.timeline(0))
  }

  @Test func theErrorsOfTwoTracksDiffer() throws {
    struct OneTrack: TrackSource {
      let count = 2
      func track(_ index: Int) -> (timeline: Timeline, spectrogram: LogMelSpectrogram) {
        ComposedTracks(split: .train, count: 1, seed: 1, configuration: .init()).track(0)
      }
    }
    let tracks = MisplacedTracks(OneTrack(), upTo: 5, stream: RandomStream(seed: 3))
    let exact = MisplacedTracks(OneTrack(), upTo: 0, stream: RandomStream(seed: 3))
    #expect(try tracks.timeline(0) != tracks.timeline(1))
    #expect(try exact.timeline(0) == OneTrack().timeline(0))
  }

  @Test func sharesAboveOneAreRefused() {
    #expect(throws: (any Error).self) { try splits(["long-share": 0.7, "sound-font-share": 0.5]) }
  }
}
