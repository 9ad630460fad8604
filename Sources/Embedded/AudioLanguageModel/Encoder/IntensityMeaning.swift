import Numbers
import RealModule
import Tensors
import Timelines

/// What the encoder's level of intensity is learnt from.
///
/// Levels of real pieces are relative: the same minute is loud in one piece and soft in another. Of a piece that is heard in
/// windows of a minute the encoder cannot know the rest. How many notes begin, and how loud, can be heard on the spot.
package enum IntensityMeaning: String, Sendable, CaseIterable {
  /// The intensity of the timeline's section, 0…1.
  case sections
  /// log(1 + 20 v) / 5 of the notes' intensity curve v: loudness that begins in a quarter of a second.
  ///
  /// When a track has been heard to its end, means over ±1 s of the estimate are cut into the levels that the notes' own curve
  /// would be cut into (`IntensityCurve.sections`).
  case notes

  private static let gain = 20.0
  private static let scale = 5.0
  /// Frames to either side that an estimate is the mean of: the notes' curve, smooth over ±4 s, moves little in a second.
  fileprivate static let reach = 5

  static func target(_ loudness: Double) -> Double { Double.log(onePlus: gain * loudness) / scale }

  static func loudness(_ target: Double) -> Double { max(0, Double.expMinusOne(scale * min(target, 2)) / gain) }
}

extension Tensor {
  /// Replaces estimates of the notes' intensity in a column, five a second, by the levels of the sections that follow from them.
  package mutating func cutIntoLevels(_ column: Int, duration: Double) {
    let rate = Double(MusicEncoderConfiguration.framesPerSecond)
    let steps = max(1, Int(saturating: (duration / IntensityCurve.step).rounded(.up)))
    let values = (0..<steps).map { step in
      let frame = min(Int(saturating: ((Double(step) + 0.5) * IntensityCurve.step * rate).rounded()), rows - 1)
      let near = max(0, frame - IntensityMeaning.reach)...min(rows - 1, frame + IntensityMeaning.reach)
      return IntensityMeaning.loudness(near.reduce(0) { $0 + Double(self[$1, column]) } / Double(near.count))
    }
    for section in IntensityCurve(values: values, duration: duration).sections {
      fill(column, from: section.interval, with: section.intensity)
    }
  }
}
