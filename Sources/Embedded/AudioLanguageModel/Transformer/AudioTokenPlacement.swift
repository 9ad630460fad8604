import Numbers
import Tensors

/// Where the audio tokens of a track stand: the encoder frame at the middle of each, ascending.
///
/// *Uniform*: one every 1 / rate seconds from the start. *Dynamic* (MusT, stage 2): as many, but where transitions are likely
/// they stand close. With the encoder's probability p_f of a transition at frame f, token i of N stands where the cumulative
/// sum of p_f + floor first reaches (i + ½) / N of its total; no two share a frame.
package struct AudioTokenPlacement: Sendable, Hashable {
  package let frames: [Int]

  /// The whole second that each token stands for, the nearest.
  package var seconds: [Int] {
    let rate = MusicEncoderConfiguration.framesPerSecond
    return frames.map { (2 * $0 + rate) / (2 * rate) }
  }

  /// Density where no transition is likely, beside probabilities of up to 1: half of the tokens of a usual track.
  static let floor: Float = 0.1

  /// - Parameter layout: what the columns of the head outputs mean.
  package init(
    _ audio: EncodedAudio, sampling: AudioLanguageModelConfiguration.Sampling = .uniform, tokensPerSecond: Double = 1,
    layout: EncoderHeads
  ) {
    let rate = Double(MusicEncoderConfiguration.framesPerSecond)
    let total = audio.frames.rows
    let count = Int(saturating: Double(total) / rate * tokensPerSecond) + 1
    switch sampling {
    case .uniform, .silent:
      frames = (0..<count).map { Int(saturating: (Double($0) * rate / tokensPerSecond).rounded()) }
    case .dynamic:
      let density = (0..<total).map { Self.floor + min(max(audio.heads[$0, layout.transition], 0), 1) }
      frames = Self.quantiles(of: density, count: min(count, total))
    }
  }

  /// `count` distinct indices, ascending, at equal steps of the cumulative density.
  static func quantiles(of density: [Float], count: Int) -> [Int] {
    let total = density.reduce(0) { $0 + Double($1) }
    var chosen: [Int] = []
    var (frame, reached) = (0, 0.0)
    for index in 0..<count {
      let level = (Double(index) + 0.5) / Double(count) * total
      while frame < density.count - 1, reached + Double(density[frame]) < level {
        reached += Double(density[frame])
        frame += 1
      }
      let earliest = (chosen.last ?? -1) + 1
      chosen.append(min(max(frame, earliest), density.count - count + index))
    }
    return chosen
  }
}
