import RealModule

/// Triangular filters of area 1 Hz whose corners are equally spaced in mel, over the bins of a Fourier transform.
///
/// mel = 2595·log₁₀(1 + f/700 Hz), O'Shaughnessy 1987. Band b rises from corner b to a peak
/// of 2 / (corner b + 2 − corner b) at corner b + 1 and falls to corner b + 2.
struct MelBands: Sendable {
  /// First bin of each band with a weight above 0.
  private(set) var first: [Int32] = []
  private(set) var length: [Int32] = []
  private(set) var offset: [Int32] = []
  private(set) var weights: [Float] = []

  init(count: Int, from lowest: Double, to highest: Double, transformLength: Int, sampleRate: Double) {
    let low = Self.mel(lowest)
    let high = Self.mel(highest)
    let corners = (0..<(count + 2)).map { Self.hertz(low + (high - low) * Double($0) / Double(count + 1)) }
    for band in 0..<count {
      let inside = (0...(transformLength / 2)).compactMap { bin -> (bin: Int, weight: Double)? in
        let frequency = Double(bin) * sampleRate / Double(transformLength)
        let rising = (frequency - corners[band]) / (corners[band + 1] - corners[band])
        let falling = (corners[band + 2] - frequency) / (corners[band + 2] - corners[band + 1])
        let weight = min(rising, falling) * 2 / (corners[band + 2] - corners[band])
        return weight > 0 ? (bin, weight) : nil
      }
      first.append(Int32(inside.first?.bin ?? 0))
      length.append(Int32(inside.count))
      offset.append(Int32(weights.count))
      weights += inside.map { Float($0.weight) }
    }
  }

  static func mel(_ hertz: Double) -> Double { 2595 * .log10(1 + hertz / 700) }

  static func hertz(_ mel: Double) -> Double { 700 * (.exp10(mel / 2595) - 1) }
}
