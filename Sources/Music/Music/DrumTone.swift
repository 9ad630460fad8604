import Numbers
import Randomness
import RealModule

/// One stroke of a drum as audio.
struct DrumTone {
  private(set) var samples: [Float]

  /// Strokes of a kit; of the ten the fourth is the held-out one.
  init(_ drum: DrumKey, kit: Int, random: inout RandomStream) {
    let character = [1.0, 0.82, 1.2, 0.93, 0.9, 1.1, 0.75, 1.3, 1.05, 0.86][kit]
    switch drum {
    case .kick: self.init(sweepFrom: 150 * character, to: 48 * character, seconds: 0.3, noise: 0.04, random: &random)
    case .tom: self.init(sweepFrom: 190 * character, to: 105 * character, seconds: 0.35, noise: 0.06, random: &random)
    case .snare:
      self.init(sweepFrom: 240 * character, to: 180 * character, seconds: 0.2, noise: 1.1 / character, random: &random)
    case .closedHat: self.init(hissFor: 0.09 * character, brightness: 0.75 + 0.1 * (character - 1), random: &random)
    case .openHat: self.init(hissFor: 0.32 * character, brightness: 0.7, random: &random)
    case .crash: self.init(hissFor: 1.2 * character, brightness: 0.55, random: &random)
    }
    normalise(to: Self.peak(of: drum))
  }

  private static func peak(of drum: DrumKey) -> Double {
    switch drum {
    case .kick: 0.3
    case .tom: 0.24
    case .snare: 0.24
    case .closedHat: 0.16
    case .openHat: 0.14
    case .crash: 0.15
    }
  }

  /// A sine that falls in pitch, with a burst of noise.
  private init(sweepFrom start: Double, to end: Double, seconds: Double, noise: Double, random: inout RandomStream) {
    var phase = 0.0
    samples = (0..<Int(saturating: seconds * AudioSignal.sampleRate)).map { index in
      let time = Double(index) / AudioSignal.sampleRate
      let envelope = Double.exp(-5 * time / seconds)
      phase += 2 * Double.pi * (end + (start - end) * Double.exp(-time / 0.03)) / AudioSignal.sampleRate
      return Float(envelope * (Double.sin(phase) + noise * random.uniform(in: -1...1)))
    }
  }

  /// Noise above a first-order high-pass, falling by 43 dB over its length.
  private init(hissFor seconds: Double, brightness: Double, random: inout RandomStream) {
    var last = 0.0
    samples = (0..<Int(saturating: seconds * AudioSignal.sampleRate)).map { index in
      let value = random.uniform(in: -1...1)
      let high = value - brightness * last
      last = value
      return Float(high * Double.exp(-5 * Double(index) / (seconds * AudioSignal.sampleRate)))
    }
  }

  private mutating func normalise(to peak: Double) {
    let largest = samples.reduce(Float(1e-9)) { max($0, abs($1)) }
    let gain = Float(peak) / largest
    for index in samples.indices { samples[index] *= gain }
  }
}
