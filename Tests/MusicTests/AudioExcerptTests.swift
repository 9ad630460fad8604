import CSndFile
import Foundation
import Music
import RealModule
import Testing
import Timelines

@Suite struct AudioExcerptTests {
  private static let formats: [(name: String, format: Int, tolerance: Float)] = [
    ("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 0), ("b.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 0),
    ("c.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0.02), ("d.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0.02),
  ]

  /// A tone that rises, in blocks.
  private func store(seconds: Int, rate: Int, format: Int, at path: String) throws {
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = 1
    info.format = Int32(format)
    let handle = try #require(sf_open(path, Int32(SFM_WRITE), &info))
    for second in 0..<seconds {
      let block = (0..<rate).map { frame -> Float in
        let time = Double(second) + Double(frame) / Double(rate)
        return Float(0.5 * Double.sin(2 * .pi * (200 * time + 4 * time * time)))
      }
      #expect(sf_write_float(handle, block, sf_count_t(rate)) == sf_count_t(rate))
    }
    sf_close(handle)
  }

  @Test(arguments: formats.indices, [16_000, 22_050, 44_100]) func anExcerptIsWhatTheWholeFileHoldsThere(
    format: Int, rate: Int
  ) throws {
    let folder = try Folder()
    let (name, code, tolerance) = Self.formats[format]
    try store(seconds: 20, rate: rate, format: code, at: folder.file(name))
    let whole = try AudioFile.read(folder.file(name))
    #expect(abs(try AudioFile.length(of: folder.file(name)) - 20) < 0.1)
    for window in [Interval(0, 2), Interval(7.25, 11), Interval(0.001, 1), Interval(18.5, 40)] {
      let part = try AudioFile.excerpt(folder.file(name), window: window)
      let first = Int((window.start * 16_000).rounded())
      let expected = whole.samples[first..<min(whole.samples.count, first + part.samples.count)]
      #expect(abs(part.duration - min(window.end, 20) + window.start) < 0.1)
      let worst = zip(part.samples, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(worst <= tolerance, "\(name) at \(rate) Hz, \(window): \(worst)")
    }
  }

  @Test func filesOfHoursGiveExcerpts() throws {
    let folder = try Folder()
    let path = folder.file("long.wav")
    // Two hours of silence, all but the header a hole in the file, with a second of sound near its end.
    let (rate, seconds) = (8000, 7200)
    var header = Data("RIFF".utf8)
    func add(_ number: Int, bytes: Int) { header += (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    add(36 + 2 * rate * seconds, bytes: 4)
    header += Data("WAVEfmt ".utf8)
    for (number, bytes) in [(16, 4), (1, 2), (1, 2), (rate, 4), (2 * rate, 4), (2, 2), (16, 2)] { add(number, bytes: bytes) }
    header += Data("data".utf8)
    add(2 * rate * seconds, bytes: 4)
    #expect(FileManager.default.createFile(atPath: path, contents: header))
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.truncate(atOffset: UInt64(44 + 2 * rate * seconds))
    try file.seek(toOffset: UInt64(44 + 2 * rate * 7000))
    try file.write(contentsOf: Data((0..<rate).flatMap { [UInt8(0), $0 % 8 < 4 ? 0x20 : 0xE0] }))
    try file.close()
    #expect(try AudioFile.length(of: path) == 7200)
    let part = try AudioFile.excerpt(path, window: Interval(6999, 7002))
    #expect(part.samples.count == 48_000)
    #expect(part.samples[..<15_900].allSatisfy { abs($0) < 1e-3 })
    #expect(part.samples[16_100..<31_900].contains { abs($0) > 0.1 })
    #expect(part.samples[32_200...].allSatisfy { abs($0) < 1e-3 })
    #expect {
      try AudioFile.excerpt(path, window: Interval(7300, 7310))
    } throws: {
      "\($0)" == "\(path): lasts 7200.0 s, but the excerpt starts at 7300.0 s: choose an earlier one"
    }
    #expect(throws: MusicError.self) { try AudioFile.read(path) }
  }
}
