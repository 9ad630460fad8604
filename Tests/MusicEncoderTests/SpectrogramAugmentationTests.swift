import AudioLanguageModel
import Randomness
import Tensors
import Testing

@Suite struct SpectrogramAugmentationTests {
  @Test func everyFrameMovesAlikeByTheAskedSpread() {
    let augmentation = SpectrogramAugmentation()
    var (squares, bandSquares) = (0.0, 0.0)
    for index in 0..<400 {
      let moved = augmentation.applied(to: Tensor(shape: [3, 64]), stream: RandomStream(seed: 1).derived(index))
      #expect(moved.row(0).elementsEqual(moved.row(2)))
      let offsets = moved.row(1).map(Double.init)
      let mean = offsets.reduce(0, +) / 64
      squares += mean * mean
      bandSquares += offsets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 63
    }
    // Variances 0.25² + 0.08²/64 and 0.08², each within four standard errors.
    #expect(abs(squares / 400 - 0.0626) < 4 * 0.0626 * 0.0707)
    #expect(abs(bandSquares / 400 - 0.0064) < 4 * 0.0064 * 0.0089)
  }

  @Test func theStreamDecides() {
    let augmentation = SpectrogramAugmentation()
    let (x, stream) = (Tensor(shape: [2, 8]), RandomStream(seed: 3))
    #expect(augmentation.applied(to: x, stream: stream) == augmentation.applied(to: x, stream: stream))
    #expect(augmentation.applied(to: x, stream: stream) != augmentation.applied(to: x, stream: stream.derived(1)))
  }
}
