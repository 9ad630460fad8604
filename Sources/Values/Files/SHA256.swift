import Foundation

/// The SHA-256 digest of bytes, to recognise content.
///
/// NIST 2015, *Secure Hash Standard*, FIPS 180-4, section 6.2.
package struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  package init() {}

  /// 64 hexadecimal digits.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.absorb($0) }
    return digest.hexadecimal
  }

  /// The digest of a file's content, read a part at a time.
  package static func hexadecimal(ofFile path: String) throws(FileError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, message: "cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var digest = SHA256()
    let size = 1 << 20
    let part = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { part.deallocate() }
    while true {
      let got = read(descriptor, part.baseAddress, size)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileError(path: path, message: "cannot be read: \(String(cString: strerror(errno)))") }
      if got == 0 { return digest.hexadecimal }
      digest.absorb(UnsafeRawBufferPointer(rebasing: part[..<got]))
    }
  }

  /// Takes further bytes.
  package mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(64 - rest.count, bytes.count)
      rest += bytes[..<start]
      guard rest.count == 64 else { return }
      rest.withUnsafeBytes { Self.compress($0, &state) }
      rest = []
    }
    let end = start + (bytes.count - start) / 64 * 64
    if end > start { Self.compress(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), &state) }
    rest += bytes[end...]
  }

  /// Of what was absorbed so far, as 64 hexadecimal digits.
  package var hexadecimal: String {
    var last = rest + [0x80]
    while last.count % 64 != 56 { last.append(0) }
    last += (0..<8).map { UInt8(truncatingIfNeeded: (count * 8) >> (56 - 8 * UInt64($0))) }
    var state = state
    last.withUnsafeBytes { Self.compress($0, &state) }
    let digits = Array("0123456789abcdef")
    return String(state.flatMap { word in (0..<8).map { digits[Int(word >> (28 - 4 * $0)) & 0xF] } })
  }

  /// Whole blocks, through raw memory: checkpoints have hundreds of megabytes.
  private static func compress(_ bytes: UnsafeRawBufferPointer, _ state: inout [UInt32]) {
    guard let base = bytes.baseAddress else { return }
    constants.withUnsafeBufferPointer { k in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
        for start in stride(from: 0, to: bytes.count, by: 64) {
          for t in 0..<16 { w[t] = UInt32(bigEndian: base.loadUnaligned(fromByteOffset: start + 4 * t, as: UInt32.self)) }
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
            let first = h &+ sum1 &+ chosen &+ k[t] &+ w[t]
            let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ sum0 &+ majority)
          }
          state[0] &+= a
          state[1] &+= b
          state[2] &+= c
          state[3] &+= d
          state[4] &+= e
          state[5] &+= f
          state[6] &+= g
          state[7] &+= h
        }
      }
    }
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
