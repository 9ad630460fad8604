import Randomness
import RealModule

extension Timbre {
  /// A timbre near this one: another balance of partials, another decay, attack, width and colour.
  ///
  /// Amplitudes of partials move by a tilt of up to k^±0.4 and by up to 6 dB each, decays and modulation by factors of up to 1.6,
  /// attacks by up to 1.8; a second voice stands half as far off to just as far, vibrato and breath half to one and a half times as much.
  func varied(using random: inout RandomStream) -> Timbre {
    func factor(_ most: Double) -> Double { Double.exp(random.uniform(in: -1...1) * Double.log(most)) }
    var varied = self
    switch source {
    case .partials(let amplitudes, let inharmonicity, let decay, let damping):
      let tilt = random.uniform(in: -0.4...0.4)
      varied.source = .partials(
        amplitudes: amplitudes.enumerated().map { index, amplitude in
          amplitude * Double.pow(Double(index + 1), tilt) * factor(2)
        }, inharmonicity: inharmonicity * factor(1.6), decay: decay * factor(1.6), damping: damping * factor(1.3))
    case .frequencyModulation(let ratio, let index, let indexDecay, let decay):
      varied.source = .frequencyModulation(
        ratio: ratio, index: index * factor(1.6), indexDecay: indexDecay * factor(1.6), decay: decay * factor(1.6))
    case .plucked(let brightness, let decay):
      varied.source = .plucked(
        brightness: min(max(brightness + random.uniform(in: -0.25...0.25), 0.15), 0.95), decay: decay * factor(1.6))
    }
    varied.attack *= factor(1.8)
    varied.detune *= random.uniform(in: 0.5...1)
    varied.vibrato *= random.uniform(in: 0.5...1.5)
    varied.breath *= random.uniform(in: 0.5...1.5)
    return varied
  }
}
