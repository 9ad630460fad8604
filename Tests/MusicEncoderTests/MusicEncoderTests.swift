import AudioLanguageModel
import Randomness
import Tensors
import Testing
import Timelines

@Suite struct MusicEncoderTests {
  @Test func theDefaultHasTheDocumentedSize() {
    let encoder = MusicEncoder(seed: 1)
    #expect(encoder.parameters.elementCount == 662_811)
    #expect(encoder.configuration.heads.count == 27)
  }

  @Test func aMinuteCostsHalfABillionOperations() {
    // 600·128·(320 + 384), 300·128·512, 3·300·768·128, 300·4·128² + 2·300²·128, 300·2·128·384, 300·128·27; twice.
    let products = 54_067_200 + 19_660_800 + 88_473_600 + 19_660_800 + 23_040_000 + 29_491_200 + 1_036_800
    #expect(MusicEncoder(seed: 1).forwardOperations(ofSpectrogramFrames: 3000) == Double(2 * products))
  }

  @Test func aTenthOfTheFramesComesOut() throws {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 1)
    for frames in [10, 19, 20, 137, 1000, 1200] {
      let audio = try encoder.encode([("t", Double(frames) / 50, Tensor(shape: [frames, 8]))])[0]
      #expect(audio.frames.shape == [frames / 10, 16] && audio.heads.shape == [frames / 10, 9])
      #expect(audio.frames.rows == MusicEncoderConfiguration.frameCount(ofSpectrogramFrames: frames))
      #expect(audio.duration == Double(frames) / 50 && audio.trackID == "t")
    }
  }

  @Test func probabilitiesLieBetweenZeroAndOneAndFramesAreNormalised() throws {
    let audio = try MusicEncoder(configuration: smallConfiguration(), seed: 1).encode([("t", 20, toneTrack(seed: 1).0)])[0]
    for row in 0..<audio.heads.rows {
      for column in [0] + Array(3..<9) { #expect(audio.heads[row, column] > 0 && audio.heads[row, column] < 1) }
      let frame = audio.frames.row(row)
      #expect(abs(frame.reduce(0, +)) < 1e-4)
      #expect(abs(frame.reduce(0) { $0 + $1 * $1 } - 16) < 1e-2)
    }
  }

  @Test func seedsAndThreadsDecideAsPromised() throws {
    let tracks = (1...5).map { index in ("\(index)", 20.0, toneTrack(seed: UInt64(index)).spectrogram) }
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 7)
    let one = try encoder.encode(tracks, threads: 1)
    #expect(try encoder.encode(tracks, threads: 2) == one)
    #expect(try MusicEncoder(configuration: smallConfiguration(), seed: 7).encode(tracks) == one)
    #expect(try encoder.encode([tracks[3]]) == [one[3]])
    #expect(try MusicEncoder(configuration: smallConfiguration(), seed: 8).encode(tracks) != one)
  }

  @Test func spectrogramsThatDoNotFitAreRefused() {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 1)
    for shape in [[100, 9], [9, 8], [0, 8], [800]] {
      #expect(throws: MusicEncoderError.self) { try encoder.encode([("t", 1, Tensor(shape: shape))]) }
    }
    // One that is longer than a window is heard in several, but is too long to train on.
    let long = Tensor(shape: [1210, 8])
    #expect(throws: Never.self) { try encoder.encode([("t", 24, long)]) }
    var trainer = EncoderTrainer(encoder, seed: 1)
    let timeline = Timeline(trackID: "t", duration: 24, lanes: [], sections: [])
    #expect(throws: MusicEncoderError.self) { try trainer.step([(long, timeline)], learningRate: 1e-3) }
  }

  @Test func whatWasSavedIsLoaded() throws {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 3)
    let loaded = try MusicEncoder(decoding: encoder.encoded())
    #expect(loaded.configuration == encoder.configuration)
    let track = [("t", 20.0, toneTrack(seed: 1).spectrogram)]
    #expect(try loaded.encode(track) == encoder.encode(track))
  }

  @Test func filesOfOtherKindsAreRefused() {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 3)
    var file = encoder.safetensors()
    file.metadata["width"] = "24"
    var huge = encoder.safetensors()
    huge.metadata["maximum_frames"] = "1000000"
    var odd = encoder.safetensors()
    odd.metadata["dilations"] = "1 x"
    let damaged: [[UInt8]] = [
      [], [1, 2, 3], Safetensors([]).encoded(), file.encoded(), huge.encoded(), odd.encoded(),
      Array(encoder.encoded().dropLast(4)),
    ]
    for bytes in damaged {
      #expect(throws: MusicEncoderError.self) { try MusicEncoder(decoding: bytes) }
    }
  }

  /// Columns go with their instruments, wherever these stand; what is heard of them does not change.
  @Test func anEncoderThatListensForMoreHearsWhatItHeardBefore() throws {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 2)
    let wider = encoder.listening(to: ["harp", "bass", "piano"], seed: 5)
    let (own, other) = (encoder.configuration.heads, wider.configuration.heads)
    let (spectrogram, _) = toneTrack(seed: 3)
    let (before, after) = (
      try encoder.encode([("t", 20, spectrogram)])[0].heads, try wider.encode([("t", 20, spectrogram)])[0].heads
    )
    let pairs =
      [(own.transition, other.transition), (own.intensityLevel, other.intensityLevel)]
      + [(own.activity, other.activity), (own.entries, other.entries), (own.exits, other.exits)].flatMap {
        [($0.0.lowerBound, $0.1.lowerBound + 2), ($0.0.lowerBound + 1, $0.1.lowerBound + 1)]
      }
    for row in 0..<before.rows {
      for (from, to) in pairs { #expect(abs(before[row, from] - after[row, to]) < 1e-5) }
    }
    #expect(try MusicEncoder(decoding: wider.encoded()).configuration.instruments == ["harp", "bass", "piano"])
  }

  @Test func anInstrumentThatReplacesAnotherStartsUntrained() throws {
    let encoder = MusicEncoder(configuration: smallConfiguration(), seed: 2)
    let other = encoder.listening(to: ["harp", "piano"], seed: 5)
    let fresh = MusicEncoder(configuration: other.configuration, seed: 5)
    func row(_ encoder: MusicEncoder, _ row: Int) throws -> [Float] {
      let weight = encoder.parameters[try #require(encoder.parameters.id(named: "head/weight"))]
      return (0..<weight.columns).map { weight[row, $0] }
    }
    let heads = other.configuration.heads
    for columns in [heads.activity, heads.entries, heads.exits] {
      #expect(try row(other, columns.lowerBound) == row(fresh, columns.lowerBound))
      #expect(try row(other, columns.lowerBound + 1) == row(encoder, columns.lowerBound))
    }
  }
}
