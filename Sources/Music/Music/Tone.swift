import CTensorKernels
import Numbers
import Randomness
import RealModule

/// One note of a timbre as audio.
struct Tone {
  private(set) var samples: [Float]

  /// `count` samples of a pitch in Hz at 16 kHz; its first half second has a root mean square of 0.055 at level 0 dB.
  init(_ timbre: Timbre, frequency: Double, count: Int, random: inout RandomStream) {
    samples = Self.voice(timbre.source, frequency: frequency, count: count, random: &random)
    if timbre.detune > 0 {
      let other = Self.voice(
        timbre.source, frequency: frequency * .exp2(timbre.detune / 1200), count: count, random: &random)
      for index in samples.indices { samples[index] += 0.8 * other[index] }
    }
    if timbre.vibrato > 0 { bend(depth: timbre.vibrato) }
    if timbre.breath > 0 { breathe(timbre.breath, frequency: frequency, random: &random) }
    normalise(to: 0.055 * Decibels.amplitude(timbre.level))
    attack(timbre.attack)
  }

  private static func voice(_ source: Timbre.Source, frequency: Double, count: Int, random: inout RandomStream) -> [Float] {
    switch source {
    case .partials(let amplitudes, let inharmonicity, let decay, let damping):
      return partials(
        amplitudes, frequency: frequency, inharmonicity: inharmonicity, decay: decay, damping: damping, count: count,
        random: &random)
    case .frequencyModulation(let ratio, let index, let indexDecay, let decay):
      let turn = 2 * Double.pi * frequency / AudioSignal.sampleRate
      return (0..<count).map { i in
        let time = Double(i) / AudioSignal.sampleRate
        let moved = index * Double.exp(-time / indexDecay) * Double.sin(ratio * turn * Double(i))
        return Float(Double.exp(-6.9 * time / decay) * Double.sin(turn * Double(i) + moved))
      }
    case .plucked(let brightness, let decay):
      return plucked(frequency: frequency, brightness: brightness, decay: decay, count: count, random: &random)
    }
  }

  private static func partials(
    _ amplitudes: [Double], frequency: Double, inharmonicity: Double, decay: Double, damping: Double, count: Int,
    random: inout RandomStream
  ) -> [Float] {
    var samples = [Float](repeating: 0, count: count)
    for (index, amplitude) in amplitudes.enumerated() where amplitude > 0 {
      let k = Double(index + 1)
      let partial = k * frequency * Double.sqrt(1 + inharmonicity * k * k)
      let phase = random.uniform(in: 0...(2 * .pi))
      guard partial < 0.48 * AudioSignal.sampleRate else { continue }
      let perSample = decay.isFinite ? Double.exp(-6.9 * .pow(k, damping) / (decay * AudioSignal.sampleRate)) : 1
      takt_add_partial(&samples, count, 2 * .pi * partial / AudioSignal.sampleRate, phase, amplitude, perSample)
    }
    return samples
  }

  private static func plucked(
    frequency: Double, brightness: Double, decay: Double, count: Int, random: inout RandomStream
  ) -> [Float] {
    let period = AudioSignal.sampleRate / frequency
    // The loop's averaging filter delays by half a sample; an all-pass takes up the rest of the period.
    let whole = Int(saturating: (period - 0.6).rounded(.down))
    let rest = period - 0.5 - Double(whole)
    let allpass = (1 - rest) / (1 + rest)
    var string = [Double](repeating: 0, count: max(whole, 2))
    var low = 0.0
    for index in string.indices {
      low += (0.15 + 0.85 * brightness) * (random.uniform(in: -1...1) - low)
      string[index] = low
    }
    let mean = string.reduce(0, +) / Double(string.count)
    for index in string.indices { string[index] -= mean }
    let loss = Double.exp(-6.9 / (decay * frequency))
    var samples = [Float](repeating: 0, count: count)
    var position = 0
    var previous = 0.0
    var input = 0.0
    var output = 0.0
    for index in 0..<count {
      let value = string[position]
      samples[index] = Float(value)
      let averaged = loss * 0.5 * (value + previous)
      previous = value
      output = allpass * (averaged - output) + input
      input = averaged
      string[position] = output
      position = position + 1 == string.count ? 0 : position + 1
    }
    return samples
  }

  /// Vibrato: reads the tone at a position that swings at 5.5 Hz.
  private mutating func bend(depth cents: Double) {
    let turn = 2 * Double.pi * 5.5 / AudioSignal.sampleRate
    let swing = (Double.exp2(cents / 1200) - 1) / turn
    let steady = samples
    for index in samples.indices {
      let onset = min(1, Double(index) / (0.4 * AudioSignal.sampleRate))
      let position = min(max(Double(index) + onset * swing * Double.sin(turn * Double(index)), 0), Double(steady.count - 2))
      let k = Int(saturating: position)
      samples[index] = steady[k] + Float(position - Double(k)) * (steady[k + 1] - steady[k])
    }
  }

  /// Noise around twice the pitch.
  private mutating func breathe(_ amount: Double, frequency: Double, random: inout RandomStream) {
    let pole = 0.98
    let angle = 2 * Double.pi * min(2 * frequency, 6000) / AudioSignal.sampleRate
    var last = 0.0
    var beforeLast = 0.0
    for index in samples.indices {
      let value = random.uniform(in: -1...1) + 2 * pole * Double.cos(angle) * last - pole * pole * beforeLast
      beforeLast = last
      last = value
      samples[index] += Float(amount * 0.25 * value)
    }
  }

  private mutating func normalise(to target: Double) {
    let head = samples.prefix(8000)
    let square = head.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(head.count, 1))
    let gain = Float(target / max(square.squareRoot(), 1e-9))
    for index in samples.indices { samples[index] *= gain }
  }

  private mutating func attack(_ seconds: Double) {
    let count = min(Int(saturating: seconds * AudioSignal.sampleRate), samples.count)
    for index in 0..<count { samples[index] *= Float(index) / Float(count) }
  }
}
