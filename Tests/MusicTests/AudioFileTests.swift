import CSndFile
import Foundation
import Music
import RealModule
import Testing
import Timelines

@Suite struct AudioFileTests {
  private static let kinds: [(name: String, format: Int, tolerance: Double)] = [
    ("a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 1e-4), ("b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1e-4),
    ("c.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 1e-4), ("d.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0.03),
    ("e.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0.03),
  ]

  /// Interleaved samples into a file through the library itself.
  private func store(_ samples: [Float], channels: Int, rate: Int, format: Int, at path: String) throws {
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = Int32(channels)
    info.format = Int32(format)
    let handle = try #require(sf_open(path, Int32(SFM_WRITE), &info))
    for start in stride(from: 0, to: samples.count, by: 8192 * channels) {
      let block = Array(samples[start..<min(start + 8192 * channels, samples.count)])
      sf_write_float(handle, block, sf_count_t(block.count))
    }
    sf_close(handle)
  }

  @Test(arguments: 0..<kinds.count, [22_050, 44_100, 48_000]) func stereoFilesBecomeOneChannelAt16Kilohertz(
    kind: Int, rate: Int
  ) throws {
    let folder = try Folder()
    let (name, format, tolerance) = Self.kinds[kind]
    let left = Spectrum.sine(440, rate: Double(rate), count: 3 * rate, amplitude: 0.6)
    let interleaved: [Float] = left.flatMap { (sample: Float) -> [Float] in [sample, 0] }
    try store(interleaved, channels: 2, rate: rate, format: format, at: folder.file(name))
    let signal = try AudioFile.read(folder.file(name))
    #expect(abs(signal.duration - 3) < 0.06)
    let expected = Spectrum.sine(440, rate: 16_000, count: 48_000, amplitude: 0.3)
    // MP3 has an encoder delay: look for the best alignment within two frames.
    let lags = name.hasSuffix("mp3") ? Array(-1000...1000) : [0]
    let worst =
      lags.map { lag in
        stride(from: 12_000, to: 36_000, by: 7).map { abs(signal.samples[$0 + lag] - expected[$0]) }.max() ?? 1
      }.min() ?? 1
    #expect(Double(worst) < tolerance)
  }

  @Test(arguments: AudioFile.Format.allCases) func writtenFilesAreReadBack(format: AudioFile.Format) throws {
    let folder = try Folder()
    let path = folder.file("tone.\(format.rawValue)")
    let signal = AudioSignal(samples: Spectrum.sine(330, rate: 16_000, count: 40_000))
    try AudioFile.write(signal, to: path)
    let read = try AudioFile.read(path)
    let level = Spectrum.rootMeanSquare(read.samples[8000..<32_000]) / Spectrum.rootMeanSquare(signal.samples)
    #expect(abs(Spectrum.decibels(level)) < 0.3)
    if format == .wav || format == .flac {
      #expect(read.samples.count == 40_000)
      #expect(zip(read.samples, signal.samples).allSatisfy { abs($0 - $1) < 1 / 32_000 })
    }
  }

  @Test func loudSamplesAreClippedNotWrapped() throws {
    let folder = try Folder()
    try AudioFile.write(
      AudioSignal(samples: Spectrum.sine(100, rate: 16_000, count: 16_000, amplitude: 1.5)), to: folder.file("x.wav"))
    let read = try AudioFile.read(folder.file("x.wav")).samples
    #expect(read.max().map { $0 > 0.999 } ?? false)
    #expect(zip(read, read.dropFirst()).allSatisfy { abs($0 - $1) < 0.2 })
  }

  @Test func windowsAreCutFromTheResampledFile() throws {
    let folder = try Folder()
    let samples = (0..<(10 * 44_100)).map { Float(Double.sin(Double($0) * Double($0) * 1e-7)) * 0.5 }
    try store(samples, channels: 1, rate: 44_100, format: SF_FORMAT_WAV | SF_FORMAT_FLOAT, at: folder.file("x.wav"))
    let whole = try AudioFile.read(folder.file("x.wav"))
    #expect(whole.samples.count == 160_000)
    let part = try AudioFile.read(folder.file("x.wav"), window: Interval(2.5, 7.25))
    #expect(part.samples == Array(whole.samples[40_000..<116_000]))
    let tail = try AudioFile.read(folder.file("x.wav"), window: Interval(9, 100))
    #expect(tail.samples == Array(whole.samples[144_000...]))
    #expect(
      message { _ = try AudioFile.read(folder.file("x.wav"), window: Interval(11, 12)) }
        .contains("lasts 10.0 s, but the window starts at 11.0 s"))
  }

  @Test func badFilesAreNamed() throws {
    let folder = try Folder()
    #expect(
      message { _ = try AudioFile.read(folder.file("none.wav")) }.hasPrefix(folder.file("none.wav") + ": cannot be opened"))
    try Data("hello, this is no sound".utf8).write(to: URL(fileURLWithPath: folder.file("text.wav")))
    #expect(message { _ = try AudioFile.read(folder.file("text.wav")) }.contains("is no audio that can be read here"))
    try store(
      Spectrum.sine(440, rate: 8000, count: 4000), channels: 1, rate: 8000, format: SF_FORMAT_WAV | SF_FORMAT_PCM_16,
      at: folder.file("short.wav"))
    #expect(message { _ = try AudioFile.read(folder.file("short.wav")) }.contains("lasts 0.5 s; at least 1 s is needed"))
    try store(
      [Float](repeating: 0, count: 4000 * 3601), channels: 1, rate: 4000, format: SF_FORMAT_WAV | SF_FORMAT_ULAW,
      at: folder.file("long.wav"))
    #expect(message { _ = try AudioFile.read(folder.file("long.wav")) }.contains("lasts 3601.0 s; at most 3600 s"))
    var bad = Spectrum.sine(440, rate: 16_000, count: 32_000)
    bad[24_000] = .nan
    try store(bad, channels: 1, rate: 16_000, format: SF_FORMAT_WAV | SF_FORMAT_FLOAT, at: folder.file("nan.wav"))
    #expect(message { _ = try AudioFile.read(folder.file("nan.wav")) }.contains("no number at 1.5 s"))
    #expect(
      message { try AudioFile.write(AudioSignal(samples: [0]), to: folder.file("x.aac")) }.contains("has the extension 'aac'"))
  }

  @Test func fileCutShortIsDamaged() throws {
    let folder = try Folder()
    try store(
      Spectrum.sine(440, rate: 44_100, count: 441_000), channels: 1, rate: 44_100,
      format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16, at: folder.file("whole.flac"))
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("whole.flac")))
    try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: folder.file("half.flac")))
    let text = message { _ = try AudioFile.read(folder.file("half.flac")) }
    #expect(text.contains("half.flac: is damaged: its header promises 10.0 s, but it can be decoded for only"))
  }
}
