import CSndFile
import Foundation
import Music
import Testing

/// Lengths are those of the sound that is there, not of what a header says.
@Suite struct SoundLengthTests {
  /// Ten seconds of tone at 22,050 Hz in a format of libsndfile.
  private func tone(_ format: Int, seconds: Int = 10, rate: Int = 22_050) throws -> [UInt8] {
    let folder = try Folder()
    var info = SF_INFO()
    (info.samplerate, info.channels, info.format) = (Int32(rate), 1, Int32(format))
    let handle = try #require(sf_open(folder.file("tone"), Int32(SFM_WRITE), &info))
    let samples = Spectrum.sine(440, rate: Double(rate), count: seconds * rate)
    for start in stride(from: 0, to: samples.count, by: 8192) {
      let block = Array(samples[start..<min(start + 8192, samples.count)])
      sf_write_float(handle, block, sf_count_t(block.count))
    }
    sf_close(handle)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("tone"))))
  }

  private func duration(_ bytes: [UInt8], _ name: String) throws -> Double {
    let folder = try Folder()
    try folder.write(bytes, to: name)
    let signal = try AudioFile.read(folder.file(name))
    let decoded = try AudioFile.duration(of: folder.file(name))
    #expect(abs(signal.duration - decoded) < 1e-3)
    return decoded
  }

  private func refusal(_ bytes: [UInt8], _ name: String) throws -> String {
    let folder = try Folder()
    try folder.write(bytes, to: name)
    let text = message { _ = try AudioFile.read(folder.file(name)) }
    #expect(message { _ = try AudioFile.duration(of: folder.file(name)) } == text)
    return text.replacing(folder.path + "/", with: "")
  }

  private static let wave = SF_FORMAT_WAV | SF_FORMAT_PCM_16
  private static let flac = SF_FORMAT_FLAC | SF_FORMAT_PCM_16
  private static let vorbis = SF_FORMAT_OGG | SF_FORMAT_VORBIS
  private static let mp3 = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III

  @Test func wavesOfUnknownLengthAreReadByWhatIsThere() throws {
    let whole = try tone(Self.wave)
    for size in [0, 0xFFFF_FFFF, 0x7FFF_F000, 0x8000_0000] {
      var bytes = whole
      bytes.replaceSubrange(4..<8, with: WADWriting.littleEndian(min(size + 36, 0xFFFF_FFFF)))
      bytes.replaceSubrange(40..<44, with: WADWriting.littleEndian(size))
      #expect(try duration(bytes, "pipe.wav") == 10, "\(size)")
    }
    var bytes = whole
    bytes.replaceSubrange(40..<44, with: WADWriting.littleEndian(0))
    #expect(try duration(bytes, "pipe.wav") == 10)
    let folder = try Folder()
    try folder.write(bytes, to: "pipe.wav")
    try folder.write(whole, to: "whole.wav")
    #expect(try AudioFile.read(folder.file("pipe.wav")) == AudioFile.read(folder.file("whole.wav")))
    // Without samples, and with another chunk behind, it is what it says: empty.
    let empty = Array(bytes.prefix(44)) + Array("LIST".utf8) + WADWriting.littleEndian(4) + Array("INFO".utf8)
    #expect(try refusal(empty, "empty.wav").contains("lasts 0.0 s; at least 1 s is needed"))
  }

  @Test func cutFilesAreSaid() throws {
    let wave = try tone(Self.wave)
    #expect(
      try refusal(Array(wave.prefix(wave.count / 2)), "half.wav").contains(
        "half.wav: is damaged: its header promises 10.0 s, but it can be decoded for only"))
    let flac = try tone(Self.flac)
    #expect(try refusal(Array(flac.prefix(flac.count / 2)), "half.flac").contains("its header promises 10.0 s"))
    // The encoder's info frame promises the length.
    let mp3 = try tone(Self.mp3)
    #expect(try refusal(Array(mp3.prefix(mp3.count / 2)), "half.mp3").contains("is damaged: its header promises 10.0"))
    #expect(abs(try AudioFile.duration(of: CaseFiles.path("13-truncated.ogg")) - 5.068) < 0.01)
  }

  private static let chunked = [
    ("x.aiff", SF_FORMAT_AIFF), ("x.au", SF_FORMAT_AU), ("x.rf64", SF_FORMAT_RF64), ("x.w64", SF_FORMAT_W64),
  ]

  @Test(arguments: [SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_FLOAT])
  func cutFilesOfOtherKindsAreSaid(samples: Int) throws {
    for (name, kind) in Self.chunked {
      let whole = try tone(kind | samples)
      #expect(try duration(whole, name) == 10)
      let text = try refusal(Array(whole.prefix(whole.count * 6 / 10)), name)
      #expect(text.contains("\(name): is damaged: its header promises ") && text.contains("decoded for only 5.99"), "\(text)")
      let promised = text.split(separator: " ").compactMap { Double($0) }.first ?? 0
      #expect(abs(promised - 10) < 0.01, "\(text)")
      // Other bytes behind the samples are passed over.
      if kind != SF_FORMAT_W64 { #expect(try duration(whole + [UInt8](repeating: 0x55, count: 5000), name) == 10, "\(name)") }
    }
    let caf = try tone(SF_FORMAT_CAF | samples)
    #expect(try duration(caf, "x.caf") == 10)
    #expect(try refusal(Array(caf.prefix(caf.count * 6 / 10)), "x.caf").hasPrefix("x.caf: is "))
  }

  @Test func joinedRecordingsOfOtherKindsAreRefused() throws {
    let wave = try tone(Self.wave)
    let flac = try tone(Self.flac)
    for (name, kind) in Self.chunked + [("x.caf", SF_FORMAT_CAF), ("x.wav", SF_FORMAT_WAV)] {
      let one = try tone(kind | SF_FORMAT_PCM_16)
      for other in [one, wave, flac] {
        let text = try refusal(one + other, name)
        #expect(text.hasPrefix("\(name): byte \(one.count): a second recording begins here"), "\(name) \(text)")
      }
    }
  }

  @Test func whatIsNoRegularFileIsRefusedAtOnce() throws {
    let folder = try Folder()
    #expect(mkfifo(folder.file("pipe.wav"), 0o600) == 0)
    for path in [folder.file("pipe.wav"), folder.path, "/dev/zero"] {
      #expect(message { _ = try AudioFile.read(path) }.hasPrefix("\(path): is a folder, a pipe or a device; "))
    }
  }

  @Test func flacOfUnknownLengthIsReadToItsEnd() throws {
    var bytes = try tone(Self.flac)
    #expect(try duration(bytes, "plain.flac") == 10)
    // The total of samples: 36 bits from the middle of byte 21 on.
    bytes[21] &= 0xF0
    bytes.replaceSubrange(22..<26, with: [0, 0, 0, 0])
    #expect(try duration(bytes, "pipe.flac") == 10)
    let tag = Array("ID3".utf8) + [3, 0, 0, 0, 0, 1, 0] + [UInt8](repeating: 0, count: 128)
    #expect(try duration(tag + bytes, "tagged.flac") == 10)
  }

  @Test func mp3IsReadToItsEndWhateverSurroundsIt() throws {
    let plain = try tone(Self.mp3)
    func close(_ bytes: [UInt8], to seconds: Double) throws -> Bool { abs(try duration(bytes, "x.mp3") - seconds) < 0.1 }
    #expect(try close(plain, to: 10))
    let small = Array("ID3".utf8) + [3, 0, 0, 0, 0, 1, 0] + [UInt8](repeating: 0, count: 128)
    // A cover of 600,000 bytes, some of which look like a frame's header.
    let cover = Array("ID3".utf8) + [3, 0, 0, 0, 0x24, 0x4F, 0x40] + (0..<600_000).map { UInt8(truncatingIfNeeded: $0 * 37) }
    let ape =
      Array("APETAGEX".utf8) + WADWriting.littleEndian(2000) + WADWriting.littleEndian(64) + [UInt8](repeating: 0, count: 48)
    let end = Array("TAG".utf8) + [UInt8](repeating: 0x20, count: 125)
    #expect(try close(small + plain, to: 10))
    #expect(try close(small + small + plain, to: 10))
    #expect(try close(cover + plain, to: 10))
    #expect(try close([UInt8](repeating: 0, count: 2000) + plain, to: 10))
    #expect(try close(plain + ape + end, to: 10))
    #expect(try close(plain + plain, to: 20))
    // Frames of changing size without an info frame; the size of the first says 1.1 s.
    #expect(abs(try AudioFile.duration(of: CaseFiles.path("12-vbr-noxing.mp3")) - 10.06) < 0.02)
  }

  @Test func joinedRecordingsOfWhichOneWouldBeHeardAreRefused() throws {
    for (format, name) in [(Self.vorbis, "x.ogg"), (Self.flac, "x.flac"), (Self.wave, "x.wav")] {
      let one = try tone(format)
      let text = try refusal(one + one, name)
      #expect(text.hasPrefix("\(name): byte \(one.count): a second recording begins here, which would not be heard"), "\(text)")
    }
    let (low, high) = (try tone(Self.mp3), try tone(Self.mp3, rate: 44_100))
    #expect(try refusal(low + high, "x.mp3").contains("goes on with 1 channels at 44100 Hz after 1 at 22050"))
  }

  @Test func textIsNoMP3() throws {
    let noise = (0..<3_000_000).map { UInt8(truncatingIfNeeded: ($0 * 7919) >> 5) & 0x7F }
    #expect(try refusal(noise, "x.mp3").contains("is no audio that can be read here"))
    #expect(try refusal(Array("ID3".utf8), "x.mp3").contains("x.mp3: is no audio"))
    #expect(try refusal([], "x.mp3").contains("x.mp3: is no audio"))
  }
}
