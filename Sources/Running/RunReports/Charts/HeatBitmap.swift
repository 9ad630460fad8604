import Foundation
import Numbers

/// A matrix as a picture: an indexed BMP inside a data URI, dark where values are low and bright where they are high.
struct HeatBitmap {
  /// Row-major [columns of the picture, rows of the picture]: one line of values a moment in time, lowest band first.
  let values: [Float]
  let rows: Int

  /// Widest picture in pixels; neighbouring moments are averaged above it.
  private static let widest = 1200
  private static let palette: [(Double, Double, Double)] = [
    (0, 0, 4), (59, 15, 112), (140, 41, 129), (222, 73, 104), (254, 159, 109), (252, 253, 191),
  ]

  /// `data:image/bmp;base64,…`.
  var dataURI: String { "data:image/bmp;base64," + Data(bytes).base64EncodedString() }

  /// The file: header, palette, rows from the bottom up, each padded to four bytes.
  var bytes: [UInt8] {
    let moments = rows > 0 ? values.count / rows : 0
    let width = max(1, min(moments, Self.widest))
    let stride = (width + 3) / 4 * 4
    let pixelStart = 54 + 4 * 256
    var bytes: [UInt8] = Array("BM".utf8)
    func append(_ number: Int, _ count: Int) {
      for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
    }
    for (number, count) in [
      (pixelStart + stride * rows, 4), (0, 4), (pixelStart, 4), (40, 4), (width, 4), (rows, 4), (1, 2), (8, 2), (0, 4),
      (stride * rows, 4), (2835, 4), (2835, 4), (256, 4), (0, 4),
    ] { append(number, count) }
    for index in 0..<256 {
      let (red, green, blue) = Self.color(Double(index) / 255)
      bytes += [blue, green, red, 0]
    }
    let (low, high) = limits
    for row in 0..<rows {
      for column in 0..<width {
        let span = (column * moments / width)..<max(column * moments / width + 1, (column + 1) * moments / width)
        let inside = span.clamped(to: 0..<moments)
        let sum = inside.reduce(Float(0)) { $0 + values[$1 * rows + row] }
        let share = (sum / Float(max(1, inside.count)) - low) / max(high - low, .leastNormalMagnitude)
        bytes.append(UInt8(saturating: 255 * min(1, max(0, share.isFinite ? share : 0))))
      }
      bytes += [UInt8](repeating: 0, count: stride - width)
    }
    return bytes
  }

  /// The 2nd and the 99.5th percentile.
  private var limits: (Float, Float) {
    let sorted = values.filter(\.isFinite).sorted()
    guard let last = sorted.indices.last else { return (0, 1) }
    return (sorted[last * 2 / 100], sorted[last * 995 / 1000])
  }

  private static func color(_ share: Double) -> (red: UInt8, green: UInt8, blue: UInt8) {
    let place = share * Double(palette.count - 1)
    let index = min(palette.count - 2, Int(saturating: place))
    let (from, to, part) = (palette[index], palette[index + 1], place - Double(index))
    func mixed(_ one: Double, _ other: Double) -> UInt8 { UInt8(saturating: one + (other - one) * part) }
    return (mixed(from.0, to.0), mixed(from.1, to.1), mixed(from.2, to.2))
  }
}
