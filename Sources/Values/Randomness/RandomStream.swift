/// A seeded stream of random numbers whose value depends on nothing but its key: SplitMix64.
///
/// A stream is derived from another by naming what it is for, so results depend on neither the order in which work is done
/// nor the number of threads:
///
///     let run = RandomStream(seed: 7)
///     var sample = run.derived(step, prompt, completion)
///
/// Steele, Lea and Flood 2014, *Fast Splittable Pseudorandom Number Generators*, figure 17.
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 uniform bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A stream of its own for each sequence of keys; this stream does not move.
  public func derived(_ keys: UInt64...) -> RandomStream {
    RandomStream(seed: seed(for: keys))
  }

  /// A stream of its own for each sequence of non-negative keys; this stream does not move.
  public func derived(_ keys: Int...) -> RandomStream {
    RandomStream(seed: seed(for: keys.map { UInt64(bitPattern: Int64($0)) }))
  }

  /// A seed to hand on to something that makes its own stream.
  public func seed(for keys: [UInt64]) -> UInt64 {
    var key = Self.mixed(state ^ 0xA076_1D64_78BD_642F)
    for part in keys { key = Self.mixed(key &+ 0x9E37_79B9_7F4A_7C15 ^ Self.mixed(part &+ 0xE703_7ED1_A0B4_28DB)) }
    return key
  }

  /// A uniform number in `0..<1` with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A uniform number in `range`.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A uniform whole number in `range`.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// True with this probability.
  public mutating func chance(_ probability: Double) -> Bool {
    uniform() < probability
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
