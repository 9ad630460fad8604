import Randomness
import RealModule
import Tensors
import Testing

@Suite struct TensorTests {
  @Test func copiesDoNotSeeEachOthersChanges() {
    let original = Tensor(shape: [2, 2], values: [1, 2, 3, 4])
    var copy = original
    copy[1, 0] = 9
    copy.withUnsafeMutableBufferPointer { $0[0] = 8 }
    #expect(original.values == [1, 2, 3, 4])
    #expect(copy.values == [8, 2, 9, 4])
  }

  @Test func rowsAndElementsAreRowMajor() {
    let tensor = Tensor(shape: [2, 3], values: [0, 1, 2, 3, 4, 5])
    #expect(tensor[1, 2] == 5 && tensor[3] == 3)
    #expect(Array(tensor.row(1)) == [3, 4, 5])
    #expect(tensor.rows(1..<2) == Tensor(shape: [1, 3], values: [3, 4, 5]) && tensor.rows(0..<0).shape == [0, 3])
    #expect(tensor.reshaped([3, 2])[2, 0] == 4)
    #expect(tensor.rows == 2 && tensor.columns == 3 && tensor.count == 6)
    #expect(Tensor(shape: []).count == 1 && Tensor(shape: [0, 5]).count == 0)
  }

  @Test func normalDeviatesHaveTheAskedMoments() {
    var stream = RandomStream(seed: 3)
    let values = Tensor(normal: [200_001], standardDeviation: 2, using: &stream).values.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(values.count)
    // Four standard errors: 2/√n, 4·√2/√n and 16·√96/√n.
    #expect(abs(mean) < 4 * 2 / 447)
    #expect(abs(variance - 4) < 4 * 5.66 / 447)
    #expect(abs(fourth - 48) < 4 * 157 / 447)
  }

  @Test func equalStreamsGiveEqualTensors() {
    var (a, b) = (RandomStream(seed: 5), RandomStream(seed: 5))
    #expect(
      Tensor(normal: [7, 3], standardDeviation: 1, using: &a) == Tensor(normal: [7, 3], standardDeviation: 1, using: &b))
    #expect(a == b)
  }
}
