import Tensors
import Testing

@testable import AudioLanguageModel

@Suite("AudioTokenPlacement")
struct AudioTokenPlacementTests {
  let layout = EncoderHeads(instruments: ["piano"])

  /// A minute in which the encoder is sure of transitions around second 20 and unsure of all else.
  var audio: EncodedAudio {
    var heads = Tensor(shape: [300, 6])
    for frame in 98...102 { heads[frame, layout.transition] = 0.9 }
    return EncodedAudio(trackID: "t", duration: 60, frames: Tensor(shape: [300, 2]), heads: heads)
  }

  @Test("uniform tokens stand at whole seconds, or at equal steps of another rate")
  func uniform() {
    let placement = AudioTokenPlacement(audio, layout: layout)
    #expect(placement.frames == (0...60).map { 5 * $0 })
    #expect(placement.seconds == Array(0...60))
    let dense = AudioTokenPlacement(audio, tokensPerSecond: 2, layout: layout)
    #expect(dense.frames.count == 121)
    #expect(Array(dense.frames.prefix(5)) == [0, 3, 5, 8, 10])
    #expect(Array(dense.seconds.prefix(5)) == [0, 1, 1, 2, 2])
  }

  @Test("dynamic tokens are as many, all apart, and close where transitions are likely")
  func dynamic() {
    let placement = AudioTokenPlacement(audio, sampling: .dynamic, layout: layout)
    #expect(placement.frames.count == 61)
    #expect(zip(placement.frames, placement.frames.dropFirst()).allSatisfy { $0 < $1 })
    // The density is 0.1 over 300 frames and 0.9 more over five: 34.5 in all, 0.57 a token, so that the five hold one each.
    #expect(placement.frames.filter { (98...102).contains($0) } == [98, 99, 100, 101, 102])
    #expect(placement.frames.filter { $0 < 98 }.count == 17)
  }

  @Test("tokens stand at equal steps of the cumulative density")
  func quantiles() {
    #expect(AudioTokenPlacement.quantiles(of: [1, 1, 1, 1, 1, 1], count: 3) == [0, 2, 4])
    #expect(AudioTokenPlacement.quantiles(of: [0, 4, 0, 0, 0, 0], count: 3) == [1, 2, 3])
    #expect(AudioTokenPlacement.quantiles(of: [0, 0, 0, 9], count: 3) == [1, 2, 3])
    #expect(AudioTokenPlacement.quantiles(of: [1, 2], count: 2) == [0, 1])
  }
}
