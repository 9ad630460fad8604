import Files
import Foundation
import Testing

@Suite struct SHA256Tests {
  /// Examples of FIPS 180-4 and of its test vectors.
  @Test func knownDigests() {
    let expected = [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]
    for (text, digest) in expected { #expect(SHA256.hexadecimal(Array(text.utf8)) == digest) }
  }

  @Test func partsAndFilesHaveTheDigestOfTheWhole() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
    let whole = SHA256.hexadecimal(bytes)
    var digest = SHA256()
    var start = 0
    for size in [0, 1, 62, 1, 64, 65, 127, 1_000_000, 2_000_000] {
      let end = min(start + size, bytes.count)
      bytes[start..<end].withUnsafeBytes { digest.absorb($0) }
      start = end
    }
    bytes[start...].withUnsafeBytes { digest.absorb($0) }
    #expect(digest.hexadecimal == whole)
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    #expect(try SHA256.hexadecimal(ofFile: file) == whole)
    #expect(throws: FileError.self) { try SHA256.hexadecimal(ofFile: file + ".none") }
  }
}
