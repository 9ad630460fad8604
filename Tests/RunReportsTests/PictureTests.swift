import Foundation
import RunReports
import Testing

struct PictureTests {
  @Test func base64AgreesWithFoundation() {
    for length in 0..<40 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
      #expect(Base64.text(bytes) == Data(bytes).base64EncodedString())
    }
  }

  /// Reads the file as a reader would: chunk lengths and checksums, blocks of the stream, filter bytes.
  @Test func aPNGHoldsItsPixels() throws {
    // 300 × 250 needs two stored blocks.
    let pixels = (0..<(300 * 250)).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let bytes = PNGImage(width: 300, height: 250, pixels: pixels).bytes
    #expect(bytes.prefix(8).elementsEqual([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    var chunks: [String: ArraySlice<UInt8>] = [:]
    var place = 8
    while place < bytes.count {
      let length = number(place)
      chunks[String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)] = bytes[(place + 8)..<(place + 8 + length)]
      place += 12 + length
    }
    #expect(place == bytes.count)
    let header = try #require(chunks["IHDR"])
    #expect(Array(header) == [0, 0, 1, 44, 0, 0, 0, 250, 8, 3, 0, 0, 0])
    #expect(chunks["PLTE"]?.count == 768)
    // The checksum of an empty IEND is the same in every PNG.
    #expect(bytes.suffix(12).elementsEqual([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]))
    let stream = Array(try #require(chunks["IDAT"]))
    var rows: [UInt8] = []
    var at = 2
    var isLast = false
    while !isLast {
      isLast = stream[at] == 1
      let count = Int(stream[at + 1]) | Int(stream[at + 2]) << 8
      #expect(count ^ 0xFFFF == Int(stream[at + 3]) | Int(stream[at + 4]) << 8)
      rows += stream[(at + 5)..<(at + 5 + count)]
      at += 5 + count
    }
    #expect(at + 4 == stream.count)
    #expect(rows.count == 301 * 250)
    for row in 0..<250 {
      #expect(rows[row * 301] == 0)
      #expect(rows[(row * 301 + 1)..<((row + 1) * 301)].elementsEqual(pixels[(row * 300)..<((row + 1) * 300)]))
    }
  }

  @Test func lowBandsLieAtTheBottom() throws {
    let image = try #require(SpectrogramImage.image(frames: 2, bands: 3, values: [9, 0, 0, 0, 0, 0]))
    #expect(image.width == 2 && image.height == 3)
    #expect(image.pixels == [0, 0, 0, 0, 255, 0])
    #expect(SpectrogramImage.image(frames: 0, bands: 3, values: []) == nil)
  }

  @Test func neighbouringFramesAreAveraged() throws {
    let image = try #require(SpectrogramImage.image(frames: 4, bands: 1, values: [0, 2, 4, 0], columns: 2))
    #expect(image.pixels == [0, 255])
  }
}
