import AudioLanguageModel
import Randomness
import RealModule
import Tensors
import Testing
import Timelines

@Suite struct EncoderLossTests {
  static let layout = EncoderHeads(instruments: ["piano", "bass"])

  private func example() -> ([Tensor], [EncoderTargets]) {
    var stream = RandomStream(seed: 4)
    let timelines = (1...3).map { toneTrack(seed: $0).timeline }
    let targets = timelines.enumerated().map { index, timeline in
      var timeline = timeline
      if index == 1 { timeline.sections = [] }
      return EncoderTargets(timeline, heads: Self.layout, frames: 100 - 7 * index)
    }
    return (targets.map { Tensor(normal: $0.values.shape, standardDeviation: 1.5, using: &stream) }, targets)
  }

  @Test func derivativesMatchDifferences() {
    let (heads, targets) = example()
    let derivatives = EncoderLoss.evaluate(heads, targets, layout: Self.layout).1
    let step: Float = 1 / 64
    for track in heads.indices {
      for index in stride(from: 0, to: heads[track].count, by: 13) {
        func loss(_ move: Float) -> Double {
          var moved = heads
          moved[track][index] += move
          return EncoderLoss.evaluate(moved, targets, layout: Self.layout).0.total
        }
        let difference =
          (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / (12 * Double(step))
        #expect(abs(Double(derivatives[track][index]) - difference) < 2e-5)
      }
    }
  }

  /// Two tracks whose notes are known, one of them twice as dense, and one without.
  private func noted() -> ([Tensor], [EncoderTargets]) {
    var (heads, targets) = example()
    for index in 0..<2 {
      var timeline = toneTrack(seed: UInt64(index + 1)).timeline
      timeline.intensity = IntensityCurve(
        onsets: stride(from: 0, to: 20, by: 0.5).map { ($0, Double(index + 1) * (1 + $0 / 20)) }, duration: 20)
      targets[index] = EncoderTargets(timeline, heads: Self.layout, frames: heads[index].rows, intensity: .notes)
    }
    heads[0][40, Self.layout.intensityLevel] = 3
    return (heads, targets)
  }

  @Test func derivativesOfTheCourseMatchDifferences() {
    let (heads, targets) = noted()
    let derivatives = EncoderLoss.evaluate(heads, targets, layout: Self.layout).1
    let column = Self.layout.intensityLevel
    let step: Float = 1 / 64
    for track in heads.indices {
      for row in stride(from: 0, to: heads[track].rows, by: 9) {
        func loss(_ move: Float) -> Double {
          var moved = heads
          moved[track][row, column] += move
          return EncoderLoss.evaluate(moved, targets, layout: Self.layout).0.total
        }
        let difference = (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / (12 * Double(step))
        #expect(abs(Double(derivatives[track][row, column]) - difference) < 2e-5)
      }
    }
  }

  /// A constant that is added to one track's level leaves the course as it is, and the level's own term moves.
  ///
  /// The right course costs nothing however wrong the level.
  @Test func theCourseIsWithoutTheTracksMean() {
    var (heads, targets) = noted()
    let column = Self.layout.intensityLevel
    func intensity() -> Double { EncoderLoss.evaluate(heads, targets, layout: Self.layout).0.intensity }
    func level() -> Double {
      var statistics = ConcordanceStatistics()
      for track in heads.indices where targets[track].hasLevel {
        for row in 0..<heads[track].rows {
          statistics.add(Double(heads[track][row, column]), Double(targets[track].values[row, column]))
        }
      }
      return 0.5 * (1 - statistics.coefficient)
    }
    let (before, levelBefore) = (intensity(), level())
    for row in 0..<heads[1].rows { heads[1][row, column] += 0.75 }
    #expect(abs((intensity() - before) - (level() - levelBefore)) < 1e-6 && abs(level() - levelBefore) > 1e-3)
    for track in 0..<2 {
      for row in 0..<heads[track].rows {
        heads[track][row, column] = targets[track].values[row, column] + Float(track)
      }
    }
    var change = ConcordanceStatistics()
    for track in heads.indices where targets[track].hasChanges {
      for row in 0..<heads[track].rows { change.add(Double(heads[track][row, 1]), Double(targets[track].values[row, 1])) }
    }
    #expect(abs(intensity() - level() - 0.5 * (1 - change.coefficient)) < 1e-6)
  }

  @Test func theTermsAreTheirFormulas() {
    let (heads, targets) = example()
    let loss = EncoderLoss.evaluate(heads, targets, layout: Self.layout).0
    var (activity, boundaries, transition, overlap, total) = (0.0, 0.0, 0.0, 1.0, 1.0)
    let frames = Double(heads.reduce(0) { $0 + $1.rows })
    for (heads, targets) in zip(heads, targets) {
      for row in 0..<heads.rows {
        func entropy(_ column: Int, _ weight: Double) -> Double {
          let (z, t) = (Double(heads[row, column]), Double(targets.values[row, column]))
          let p = 1 / (1 + Double.exp(-z))
          return -(1 + weight * t) * (t * Double.log(p) + (1 - t) * Double.log(1 - p))
        }
        for column in 3..<5 { activity += entropy(column, 0) / (2 * frames) }
        for column in 5..<9 { boundaries += entropy(column, 9) / (4 * frames) }
        transition += entropy(0, 4) / frames
        let (p, t) = (1 / (1 + Double.exp(-Double(heads[row, 0]))), Double(targets.values[row, 0]))
        overlap += 2 * p * t
        total += p + t
      }
    }
    #expect(abs(loss.activity - 4 * activity) < 1e-5)
    #expect(abs(loss.boundaries - 6 * boundaries) < 1e-5)
    #expect(abs(loss.transition - (transition + 1 - overlap / total)) < 1e-5)
  }

  @Test func rightHeadsCostAlmostNothing() {
    let targets = example().1
    let heads = targets.map { targets in
      var heads = targets.values
      for row in 0..<heads.rows {
        for column in 0..<heads.columns where Self.layout.isProbability(column) {
          heads[row, column] = 30 * (heads[row, column] - 0.5)
        }
      }
      return heads
    }
    let loss = EncoderLoss.evaluate(heads, targets, layout: Self.layout).0
    #expect(loss.intensity < 1e-9)
    #expect(loss.activity < 1e-4)
  }

  @Test func withoutAnyFormIntensityCostsNothing() {
    var timeline = toneTrack(seed: 1).timeline
    timeline.sections = []
    let targets = EncoderTargets(timeline, heads: Self.layout, frames: 50)
    let heads = Tensor(shape: [50, 9], repeating: 0.3)
    let (loss, derivatives) = EncoderLoss.evaluate([heads], [targets], layout: Self.layout)
    #expect(loss.intensity == 0)
    #expect((0..<50).allSatisfy { derivatives[0][$0, 1] == 0 && derivatives[0][$0, 2] == 0 })
  }

  @Test func hugeLogitsStayFinite() {
    let targets = EncoderTargets(toneTrack(seed: 1).timeline, heads: Self.layout, frames: 60)
    for value in [Float(1e4), -1e4] {
      let (loss, derivatives) = EncoderLoss.evaluate(
        [Tensor(shape: [60, 9], repeating: value)], [targets], layout: Self.layout)
      #expect(loss.total.isFinite && derivatives[0].isFinite)
    }
  }
}
