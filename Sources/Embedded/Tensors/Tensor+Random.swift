public import Randomness
import RealModule

extension Tensor {
  /// Independent normal deviates of mean 0, drawn from `stream` in row-major order (Box and Muller 1958).
  public init(normal shape: [Int], standardDeviation: Float, using stream: inout RandomStream) {
    self.init(shape: shape)
    withUnsafeMutableBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let radius = Double.sqrt(-2 * Double.log(1 - stream.uniform()))
        let angle = 2 * Double.pi * stream.uniform()
        buffer[index] = standardDeviation * Float(radius * Double.cos(angle))
        if index + 1 < buffer.count { buffer[index + 1] = standardDeviation * Float(radius * Double.sin(angle)) }
        index += 2
      }
    }
  }
}
