import Music
import Randomness
import RealModule
import Testing

@Suite struct ResamplerTests {
  private func resampled(_ samples: [Float], from rate: Int, block: Int = 4096) -> [Float] {
    var resampler = Resampler(inputRate: rate)
    var output: [Float] = []
    for start in stride(from: 0, to: samples.count, by: block) {
      output += resampler.push(Array(samples[start..<min(start + block, samples.count)]))
    }
    return output + resampler.finish()
  }

  private static let rates = [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]

  @Test(arguments: rates) func passbandIsFlatAndWithoutDelay(rate: Int) {
    let lower = Double(min(rate, 16_000))
    for share in [0.01, 0.1, 0.3, 0.44] {
      let hertz = share * lower
      let output = resampled(Spectrum.sine(hertz, rate: Double(rate), count: rate), from: rate)
      let expected = Spectrum.sine(hertz, rate: 16_000, count: 16_000)
      #expect(output.count == 16_000)
      let worst = zip(output, expected)[2000..<14_000].map { abs($0 - $1) }.max() ?? 1
      #expect(worst < 1e-4, "\(hertz) Hz at \(rate) Hz")
    }
  }

  @Test(arguments: [22_050, 24_000, 32_000, 44_100, 48_000, 96_000]) func whatWouldFoldIsGone(rate: Int) {
    for hertz in [8_300.0, 9_000, 10_500] where hertz < Double(rate) / 2 {
      let output = resampled(Spectrum.sine(hertz, rate: Double(rate), count: rate), from: rate)
      let level = Spectrum.rootMeanSquare(output[2000..<14_000]) / (0.5 / 2.squareRoot())
      #expect(Spectrum.decibels(level) < -85, "\(hertz) Hz at \(rate) Hz")
    }
  }

  @Test(arguments: [8_000, 11_025]) func imagesAreGone(rate: Int) {
    let hertz = 0.4 * Double(rate)
    let output = resampled(Spectrum.sine(hertz, rate: Double(rate), count: rate), from: rate)
    // A Hann window keeps the tone itself out of the image's bin.
    let inside = (0..<12_000).map { output[2000 + $0] * Float(1 - Double.cos(2 * Double.pi * Double($0) / 12_000)) }
    let image = Spectrum.power(of: inside, at: (Double(rate) - hertz) / 16_000).squareRoot() / 6000
    #expect(Spectrum.decibels(image / 0.5) < -80)
  }

  @Test func blocksDoNotMatter() {
    var random = RandomStream(seed: 8)
    let samples = (0..<30_000).map { _ in Float(random.uniform(in: -1...1)) }
    let whole = resampled(samples, from: 44_100, block: 30_000)
    for block in [1, 7, 160, 441, 4_096, 29_999] { #expect(resampled(samples, from: 44_100, block: block) == whole) }
  }

  @Test func lengthIsRoundedUp() {
    for (rate, count) in [(44_100, 44_100), (44_100, 1), (48_000, 100), (8_000, 3), (16_001, 5000), (16_000, 77)] {
      let expected = (count * 16_000 + rate - 1) / rate
      #expect(resampled([Float](repeating: 0.25, count: count), from: rate).count == expected)
    }
  }

  @Test func sixteenKilohertzPassesUntouched() {
    let samples = Spectrum.sine(440, rate: 16_000, count: 1000)
    #expect(resampled(samples, from: 16_000, block: 33) == samples)
  }
}

/// Pairs as an array, so that they can be sliced.
private func zip(_ a: [Float], _ b: [Float]) -> [(Float, Float)] { Array(Swift.zip(a, b)) }
