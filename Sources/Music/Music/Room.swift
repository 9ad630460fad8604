import CTensorKernels
import Numbers
import Randomness
import RealModule

/// A room as a handful of echoes at random times with random signs and falling level.
///
/// Sparse random echoes sound like diffuse reverberation once there are enough of them: Karjalainen and Järveläinen 2007,
/// *Reverberation Modeling Using Velvet Noise*.
struct Room {
  /// Samples, ascending.
  private(set) var delays: [Int32] = []
  private(set) var gains: [Float] = []

  private static let echoes = 24

  /// Reverberation of 0.2 to 0.5 s at −22 to −14 dB an echo.
  init(random: inout RandomStream) {
    let time = random.uniform(in: 0.2...0.5)
    let level = Decibels.amplitude(random.uniform(in: -22...(-14)))
    for index in 0..<Self.echoes {
      let delay = 0.008 + time * (Double(index) + random.uniform()) / Double(Self.echoes)
      let sign = random.chance(0.5) ? 1.0 : -1.0
      delays.append(Int32(saturating: delay * AudioSignal.sampleRate))
      gains.append(Float(sign * level * Double.exp(-4.6 * delay / time)))
    }
  }

  func apply(to samples: inout [Float]) {
    let dry = samples
    takt_add_echoes(&samples, dry, dry.count, delays, gains, Int32(Self.echoes))
  }
}
