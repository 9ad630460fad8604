/// The SHA-256 digest of bytes, to recognise content.
///
/// NIST 2015, *Secure Hash Standard*, FIPS 180-4, section 6.2.
package struct SHA256 {
  /// 64 hexadecimal digits.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(digest(bytes).flatMap { word in (0..<8).map { digits[Int(word >> (28 - 4 * $0)) & 0xF] } })
  }

  private static func digest(_ bytes: [UInt8]) -> [UInt32] {
    var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    let whole = bytes.count / 64 * 64
    var last = Array(bytes[whole...]) + [0x80]
    while last.count % 64 != 56 { last.append(0) }
    let bits = UInt64(bytes.count) * 8
    last += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    var words = [UInt32](repeating: 0, count: 64)
    bytes.withUnsafeBufferPointer { for start in stride(from: 0, to: whole, by: 64) { absorb($0, start, &state, &words) } }
    last.withUnsafeBufferPointer { for start in stride(from: 0, to: last.count, by: 64) { absorb($0, start, &state, &words) } }
    return state
  }

  private static func absorb(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ state: inout [UInt32], _ w: inout [UInt32]) {
    for t in 0..<16 {
      let i = start + 4 * t
      w[t] = UInt32(bytes[i]) << 24 | UInt32(bytes[i + 1]) << 16 | UInt32(bytes[i + 2]) << 8 | UInt32(bytes[i + 3])
    }
    for t in 16..<64 {
      let small0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ (w[t - 15] >> 3)
      let small1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ (w[t - 2] >> 10)
      w[t] = w[t - 16] &+ small0 &+ w[t - 7] &+ small1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let chosen = (e & f) ^ (~e & g)
      let first = h &+ sum1 &+ chosen &+ constants[t] &+ w[t]
      let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ sum0 &+ majority)
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
  }

  @inline(__always)
  private static func rotated(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map(cubeRootFraction)
  }()

  /// The fraction's bits by whole numbers: the largest r with r³ ≤ prime · 2⁹⁶, less its whole part.
  private static func cubeRootFraction(_ prime: UInt64) -> UInt32 {
    var root: UInt128 = 0
    let target = UInt128(prime) << 96
    for bit in stride(from: 35, through: 0, by: -1) {
      let trial = root | UInt128(1) << UInt128(bit)
      if trial * trial * trial <= target { root = trial }
    }
    return UInt32(truncatingIfNeeded: root)
  }
}
