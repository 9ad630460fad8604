import Randomness
import Tensors
import Testing

@testable import AudioLanguageModel

@Suite("long tracks through the encoder")
struct EncoderWindowsTests {
  @Test(
    "windows hear at most the longest stretch, overlap by ten seconds, and keep every frame once",
    arguments: [1, 320, 321, 400, 590, 591, 3000])
  func cover(frames: Int) {
    let windows = MusicEncoder.windows(frames: frames, longest: 320)
    #expect(windows.flatMap { Array($0.kept) } == Array(0..<frames))
    for (index, window) in windows.enumerated() {
      #expect(window.heard.count == min(frames, 320))
      let isFirst = index == 0, isLast = index == windows.count - 1
      #expect(isFirst || window.kept.lowerBound - window.heard.lowerBound >= MusicEncoder.windowMargin)
      #expect(isLast || window.heard.upperBound - window.kept.upperBound >= MusicEncoder.windowMargin)
    }
  }

  @Test("a long track is heard as its windows are, each by itself")
  func encodesWindows() throws {
    var configuration = MusicEncoderConfiguration()
    configuration.maximumFrames = 60
    configuration.width = 16
    configuration.feedForwardWidth = 24
    let encoder = MusicEncoder(configuration: configuration, seed: 3)
    var random = RandomStream(seed: 9)
    let spectrogram = Tensor(normal: [1003, 64], standardDeviation: 1, using: &random)
    let whole = try encoder.encode([("long", 20.06, spectrogram)])[0]
    #expect(whole.frames.shape == [100, 16] && whole.heads.shape == [100, 27])
    // Windows 0..<60, 30..<90, 40..<100 with margins of 15 frames: the first gives the frames up to 45.
    let first = Tensor(shape: [600, 64], values: Array(spectrogram.values.prefix(600 * 64)))
    let alone = try encoder.encode([("first", 12, first)])[0]
    #expect(Array(whole.heads.values.prefix(45 * 27)) == Array(alone.heads.values.prefix(45 * 27)))
    let last = Tensor(shape: [600, 64], values: Array(spectrogram.values[400 * 64..<1000 * 64]))
    let end = try encoder.encode([("last", 12, last)])[0]
    #expect(Array(whole.frames.values.suffix(35 * 16)) == Array(end.frames.values.suffix(35 * 16)))
  }
}
