import Music
import Randomness
import RealModule
import Testing

@Suite struct LogMelTests {
  private let rate = AudioSignal.sampleRate

  /// The doc comment of `LogMel`, term by term.
  private func definition(_ samples: [Float], frame: Int) -> [Double] {
    let windowed = (0..<1024).map { n -> Float in
      let index = 320 * frame - 512 + n
      let hann = 0.5 - 0.5 * Double.cos(2 * Double.pi * Double(n) / 1024)
      return samples.indices.contains(index) ? Float(hann * Double(samples[index])) : 0
    }
    let powers = (0...512).map { Spectrum.power(of: windowed, at: Double($0) / 1024) }
    func mel(_ hertz: Double) -> Double { 2595 * Double.log10(1 + hertz / 700) }
    let corners = (0..<66).map { band -> Double in
      let mel = mel(30) + (mel(7600) - mel(30)) * Double(band) / 65
      return 700 * (Double.pow(10, mel / 2595) - 1)
    }
    return (0..<64).map { band in
      let power = powers.enumerated().reduce(0.0) { sum, bin in
        let frequency = Double(bin.offset) * 16_000 / 1024
        let rise = (frequency - corners[band]) / (corners[band + 1] - corners[band])
        let fall = (corners[band + 2] - frequency) / (corners[band + 2] - corners[band + 1])
        return sum + max(0, min(rise, fall)) * 2 / (corners[band + 2] - corners[band]) * bin.element
      }
      return (Double.log(power + 1e-4) + 3) / 3.5
    }
  }

  @Test func equalsTheDefinitionInDouble() {
    var random = RandomStream(seed: 3)
    let tone = Spectrum.sine(523, rate: rate, count: 21_111, amplitude: 0.3)
    let samples = tone.map { $0 + Float(random.uniform(in: -0.02...0.02)) }
    let spectrogram = LogMel().spectrogram(of: AudioSignal(samples: samples))
    #expect(spectrogram.frames == 66)
    #expect(spectrogram.bands == 64)
    for frame in [0, 1, 15, 16, 40, 64, 65] {
      let expected = definition(samples, frame: frame)
      for band in 0..<64 {
        #expect(abs(Double(spectrogram.values[frame * 64 + band]) - expected[band]) < 2e-5)
      }
    }
  }

  @Test func logarithmHoldsOverAllLevels() {
    for level in stride(from: -140.0, through: 20, by: 10) {
      let samples = Spectrum.sine(1000, rate: rate, count: 16_000, amplitude: Double.pow(10, level / 20))
      let spectrogram = LogMel().spectrogram(of: AudioSignal(samples: samples))
      let expected = definition(samples, frame: 25)
      for band in 0..<64 {
        // A power far below the loudest bin is rounding noise of the transform, in units of the loudest.
        let loudest = Double.exp((expected.max() ?? 0) * 3.5 - 3)
        let tolerance = 2e-5 + 1e-12 * loudest / (Double.exp(expected[band] * 3.5 - 3))
        #expect(abs(Double(spectrogram.values[25 * 64 + band]) - expected[band]) < tolerance)
      }
    }
  }

  @Test(arguments: [(0, 0), (1, 1), (320, 1), (321, 2), (960_000, 3000)]) func framesCoverTheSignal(samples: Int, frames: Int) {
    let spectrogram = LogMel().spectrogram(of: AudioSignal(samples: [Float](repeating: 0, count: samples)))
    #expect(spectrogram.frames == frames)
    let silence = Float((Double.log(1e-4) + 3) / 3.5)
    #expect(spectrogram.values.allSatisfy { abs($0 - silence) < 1e-6 })
  }

  @Test func delayingByAHopMovesTheRowsByOne() {
    var random = RandomStream(seed: 5)
    let samples = (0..<16_000).map { _ in Float(random.uniform(in: -1...1)) }
    let plain = LogMel().spectrogram(of: AudioSignal(samples: samples))
    let delayed = LogMel().spectrogram(of: AudioSignal(samples: [Float](repeating: 0, count: 320) + samples))
    #expect(Array(plain.values[(2 * 64)..<(45 * 64)]) == Array(delayed.values[(3 * 64)..<(46 * 64)]))
  }

  @Test func aClickIsLoudestInTheFrameItFallsOn() {
    var samples = [Float](repeating: 0, count: 40_000)
    samples[100 * 320] = 1
    let spectrogram = LogMel().spectrogram(of: AudioSignal(samples: samples))
    let energy = (0..<spectrogram.frames).map { frame in
      spectrogram.values[(frame * 64)..<(frame * 64 + 64)].reduce(0, +)
    }
    #expect(energy.indices.max { energy[$0] < energy[$1] } == 100)
    #expect(energy[99] == energy[101] || abs(energy[99] - energy[101]) < 1e-3)
  }
}
