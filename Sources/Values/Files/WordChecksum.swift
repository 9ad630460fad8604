/// FNV-1a over little-endian 64-bit words, then over the bytes that are left, then their number: of bytes that come in pieces.
package struct WordChecksum: Sendable {
  private var hash = FNV1a()
  private var count = 0
  private var left: [UInt8] = []

  package init() {}

  package mutating func update(_ bytes: some Collection<UInt8>) {
    if let isDone = bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) { return isDone }
    Array(bytes).withUnsafeBytes { update($0) }
  }

  private mutating func update(_ raw: UnsafeRawBufferPointer) {
    count += raw.count
    var start = 0
    while !left.isEmpty, start < raw.count {
      left.append(raw[start])
      start += 1
      if left.count == 8 {
        hash.add(left.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) })
        left = []
      }
    }
    let words = (raw.count - start) / 8
    for index in 0..<words {
      hash.add(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: start + 8 * index, as: UInt64.self)))
    }
    left += raw[(start + 8 * words)...]
  }

  /// Of all bytes so far.
  package var value: UInt64 {
    var hash = hash
    for byte in left { hash.add(UInt64(byte)) }
    return hash.value ^ UInt64(count)
  }
}
