import Music
import Testing

/// Writes archives as the format has them: header, bodies, directory.
enum WADWriting {
  static func bytes(_ lumps: [(name: String, bytes: [UInt8])], magic: String = "IWAD") -> [UInt8] {
    var bodies: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in lumps {
      directory += littleEndian(bytes.isEmpty ? 0 : 12 + bodies.count) + littleEndian(bytes.count)
      directory += Array(name.utf8) + [UInt8](repeating: 0, count: 8 - name.utf8.count)
      bodies += bytes
    }
    return Array(magic.utf8) + littleEndian(lumps.count) + littleEndian(12 + bodies.count) + bodies + directory
  }

  static func littleEndian(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}

@Suite struct WADArchiveTests {
  private let song = Array("MThd and more".utf8)

  @Test func lumpsAreReadByName() throws {
    let bytes = WADWriting.bytes([("MAP01", []), ("D_RUNNIN", song), ("D_OTHER", [1, 2]), ("PLAYPAL", [9]), ("D_E1M1", song)])
    let archive = try WADArchive(parsing: bytes, path: "x.wad")
    #expect(archive.lumps.map(\.name) == ["MAP01", "D_RUNNIN", "D_OTHER", "PLAYPAL", "D_E1M1"])
    #expect(Array(archive.lumps[2].bytes) == [1, 2])
    #expect(archive.music.map(\.name) == ["D_RUNNIN", "D_E1M1"])
    #expect(archive.music.allSatisfy { Array($0.bytes) == song })
    #expect(try WADArchive(parsing: WADWriting.bytes([], magic: "PWAD"), path: "x.wad").lumps.isEmpty)
  }

  @Test func lumpsThatShareBytesAreNotCopied() throws {
    let song = song + [UInt8](repeating: 0, count: 1_000_000)
    var bytes = Array("IWAD".utf8) + WADWriting.littleEndian(20_000) + WADWriting.littleEndian(12 + song.count) + song
    func entry(_ index: Int, offset: Int) -> [UInt8] {
      WADWriting.littleEndian(offset) + WADWriting.littleEndian(song.count) + Array("D_\(10_000 + index)\0".utf8.prefix(8))
    }
    for index in 0..<20_000 { bytes += entry(index, offset: 12) }
    let archive = try WADArchive(parsing: bytes, path: "x.wad")
    #expect(archive.lumps.count == 20_000)
    #expect(archive.music.map(\.name) == ["D_10000"])
  }

  @Test func musicLumpsThatOverlapAreRefused() {
    let song = (0..<1000).flatMap { _ in Array("MThd".utf8) }
    var bytes = Array("IWAD".utf8) + WADWriting.littleEndian(400) + WADWriting.littleEndian(12 + song.count) + song
    for index in 0..<400 {
      bytes += WADWriting.littleEndian(12 + 4 * index) + WADWriting.littleEndian(2000) + Array("D_\(100_000 + index)".utf8)
    }
    #expect(
      message { _ = try WADArchive(parsing: bytes, path: "x.wad") }.contains(
        "its music lumps overlap: together they have 800000"))
  }

  @Test func damageIsNamedWithItsByte() {
    let whole = WADWriting.bytes([("D_ONE", song)])
    func error(_ bytes: [UInt8]) -> String { message { _ = try WADArchive(parsing: bytes, path: "x.wad") } }
    #expect(
      error(Array("JUNK".utf8) + whole.dropFirst(4))
        == "x.wad: byte 0: is no WAD file: it begins with neither 'IWAD' nor 'PWAD'")
    #expect(error(Array(whole.prefix(7))).contains("byte 4: ends inside the header"))
    #expect(error(Array(whole.dropLast())).contains("ends inside the directory: 8 bytes are announced, 7 are left"))
    #expect(error(Array("IWAD".utf8) + WADWriting.littleEndian(9999) + whole.dropFirst(8)).contains("announces 9999 lumps"))
    #expect(error(Array("IWAD".utf8) + WADWriting.littleEndian(-1) + whole.dropFirst(8)).contains("announces -1 lumps"))
    var outside = whole
    outside.replaceSubrange(25..<29, with: WADWriting.littleEndian(500))
    #expect(error(outside).contains("lump 0 lies at byte 500, outside the 41 bytes of the file"))
    outside.replaceSubrange(25..<29, with: WADWriting.littleEndian(-5))
    #expect(error(outside).contains("lies at byte -5"))
  }
}
