import AudioLanguageModel
import Tensors
import Testing

@Suite("AudioWindows")
struct AudioWindowsTests {
  let layout = EncoderHeads(instruments: ["piano"])

  /// 11 frames of width 2 that count their elements, heads that count frames, the change of intensity falling in frame 6.
  var audio: EncodedAudio {
    var heads = Tensor(shape: [11, 6])
    for frame in 0..<11 {
      for column in 0..<6 { heads[frame, column] = Float(10 * frame + column) }
      heads[frame, layout.intensityChange] = frame == 6 ? -3 : 1
    }
    return EncodedAudio(
      trackID: "t", duration: 2.2, frames: Tensor(shape: [11, 2], values: (0..<22).map(Float.init)), heads: heads)
  }

  @Test("second s holds frames 5s − 2 … 5s + 2 side by side, zeros outside the track")
  func stacksFrames() {
    let windows = AudioWindows(audio, at: AudioTokenPlacement(audio, layout: layout), layout: layout)
    #expect(windows.stacked.shape == [3, 10])
    #expect(Array(windows.stacked.row(0)) == [0, 0, 0, 0, 0, 1, 2, 3, 4, 5])
    #expect(Array(windows.stacked.row(1)) == (6..<16).map(Float.init))
    #expect(Array(windows.stacked.row(2)) == [16, 17, 18, 19, 20, 21, 0, 0, 0, 0])
  }

  @Test("level and activity are means over a second, events the values of largest size")
  func poolsHeads() {
    let windows = AudioWindows(audio, at: AudioTokenPlacement(audio, layout: layout), layout: layout)
    #expect(Array(windows.pooled.row(0)) == [20, 1, 12, 13, 24, 25])
    #expect(Array(windows.pooled.row(1)) == [70, -3, 52, 53, 74, 75])
    #expect(Array(windows.pooled.row(2)) == [100, 1, 92, 93, 104, 105])
  }

  @Test("a track has a row for each second up to its last", arguments: [(1, 1), (4, 1), (5, 2), (299, 60), (300, 61)])
  func counts(frames: Int, seconds: Int) {
    let heads = Tensor(shape: [frames, 6])
    let audio = EncodedAudio(trackID: "t", duration: 1, frames: Tensor(shape: [frames, 2], repeating: 1), heads: heads)
    #expect(AudioWindows(audio, at: AudioTokenPlacement(audio, layout: layout), layout: layout).stacked.rows == seconds)
  }
}
