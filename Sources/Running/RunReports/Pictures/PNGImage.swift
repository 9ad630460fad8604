import Numbers

/// An image of 8-bit palette indices as a PNG file, its rows stored and not compressed.
///
/// ISO/IEC 15948 (PNG), colour type 3; RFC 1950 and 1951 for the zlib stream of stored blocks.
package struct PNGImage: Sendable {
  package let width: Int
  package let height: Int
  /// Row by row from the top, an index into the palette each.
  package let pixels: [UInt8]
  /// Red, green and blue of 256 entries.
  package let palette: [UInt8]

  /// Traps where the counts do not fit.
  package init(width: Int, height: Int, pixels: [UInt8], palette: [UInt8] = Self.heat) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "an image has width × height pixels")
    precondition(palette.count == 3 * 256, "a palette has 256 colours")
    self.width = width
    self.height = height
    self.pixels = pixels
    self.palette = palette
  }

  package var bytes: [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += Self.chunk("IHDR", Self.big(UInt32(width)) + Self.big(UInt32(height)) + [8, 3, 0, 0, 0])
    file += Self.chunk("PLTE", palette)
    file += Self.chunk("IDAT", zlib)
    file += Self.chunk("IEND", [])
    return file
  }

  /// The file as a data URI.
  package var dataURI: String { "data:image/png;base64," + Base64.text(bytes) }

  /// Each row after a byte for "no filter", in stored blocks of up to 65,535 bytes.
  private var zlib: [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity((width + 1) * height)
    for row in 0..<height { rows += [0] + pixels[(row * width)..<((row + 1) * width)] }
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    while start < rows.count {
      let count = min(65_535, rows.count - start)
      let isLast: UInt8 = start + count == rows.count ? 1 : 0
      stream += [isLast, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8 & 0xFF)]
      stream += rows[start..<(start + count)]
      start += count
    }
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in rows {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return stream + Self.big(b << 16 | a)
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    let checksum = ~body.reduce(~UInt32(0)) { crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    return big(UInt32(data.count)) + body + big(checksum)
  }

  private static func big(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) } }

  private static let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? 0xEDB8_8320 ^ (remainder >> 1) : remainder >> 1
    }
  }

  /// From near black over violet and orange to pale yellow, rising in lightness so that it reads in grey as well.
  package static let heat: [UInt8] = {
    let stops: [(Double, Double, Double)] = [
      (8, 8, 24), (52, 20, 94), (124, 35, 122), (196, 58, 97), (240, 113, 64), (251, 183, 90), (252, 246, 196),
    ]
    return (0..<256).flatMap { index -> [UInt8] in
      let place = Double(index) / 255 * Double(stops.count - 1)
      let below = min(Int(saturating: place), stops.count - 2)
      let share = place - Double(below)
      let (from, to) = (stops[below], stops[below + 1])
      return [from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1), from.2 + share * (to.2 - from.2)]
        .map { UInt8(saturating: $0.rounded()) }
    }
  }()
}
