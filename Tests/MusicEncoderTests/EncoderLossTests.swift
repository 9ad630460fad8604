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
