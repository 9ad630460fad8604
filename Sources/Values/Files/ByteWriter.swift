/// Values one after another: whole numbers little-endian, texts as UTF-8 with their length before them.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  package mutating func write(_ text: String) {
    write(UInt32(text.utf8.count))
    bytes += text.utf8
  }

  /// One byte that says whether there is a number, then its bits.
  package mutating func write(_ number: Double?) {
    write(UInt8(number == nil ? 0 : 1))
    write((number ?? 0).bitPattern)
  }
}
