import RealModule
package import Tensors

/// What the encoder is trained on, and its parts.
///
/// With probabilities p = σ(z), targets t, means over frames (and instruments):
///
///     transition = mean (1 + 4t)·BCE(p, t) + 1 − 2 Σ p·t / (Σ p + Σ t)        (Dice: Milletari et al. 2016, *V-Net*, eq. 2)
///     intensity  = ½ (1 − CCC(change)) + ½ (1 − CCC(level)) + 4 (1 − CCC(course))
///     activity   = 4 · mean BCE(p, t)
///     boundaries = 6 · mean (1 + 9t)·BCE(p, t) over entries and exits
///
/// CCC = 2 s_xt / (s_x² + s_t² + (x̄ − t̄)²) is the concordance correlation of Lin 1989, *Biometrics* 45, over the frames of
/// those tracks whose form, or notes (``IntensityMeaning``), are known; without any its terms are 0. The course is the level of notes
/// less its mean over the track: how loud pieces are beside each other is most of the level's variance, and where a piece is loudest
/// is what is asked.
package struct EncoderLoss: Sendable, Hashable {
  package var transition = 0.0
  package var intensity = 0.0
  package var activity = 0.0
  package var boundaries = 0.0

  package var total: Double { transition + intensity + activity + boundaries }

  static let transitionWeight = 4.0
  static let intensityShare = 0.5
  static let courseShare = 4.0
  static let activityShare = 4.0
  static let boundaryShare = 6.0
  static let boundaryWeight = 9.0

  /// The loss over all tracks of a batch, and its derivative by each track's head outputs.
  package static func evaluate(_ heads: [Tensor], _ targets: [EncoderTargets], layout: EncoderHeads) -> (EncoderLoss, [Tensor])
  {
    precondition(zip(heads, targets).allSatisfy { $0.shape == $1.values.shape }, "head outputs and targets differ in shape")
    var evaluation = EncoderLossEvaluation(heads: heads, targets: targets, layout: layout)
    let frames = Double(heads.reduce(0) { $0 + $1.rows })
    guard frames > 0 else { return (EncoderLoss(), evaluation.derivatives) }
    let instruments = Double(max(1, layout.instruments.count))
    var loss = EncoderLoss()
    loss.transition = evaluation.addCrossEntropy(
      layout.transition..<layout.transition + 1, share: 1 / frames, eventWeight: transitionWeight)
    loss.transition += evaluation.addDice(layout.transition)
    loss.intensity =
      evaluation.addDiscordance(layout.intensityChange, share: intensityShare, where: \.hasChanges)
      + evaluation.addDiscordance(layout.intensityLevel, share: intensityShare, where: \.hasLevel)
      + evaluation.addDiscordance(layout.intensityLevel, share: courseShare, isCentred: true, where: \.hasNotes)
    loss.activity = evaluation.addCrossEntropy(layout.activity, share: activityShare / (frames * instruments), eventWeight: 0)
    loss.boundaries = evaluation.addCrossEntropy(
      layout.entries.lowerBound..<layout.exits.upperBound, share: boundaryShare / (2 * frames * instruments),
      eventWeight: boundaryWeight)
    return (loss, evaluation.derivatives)
  }
}

/// The sums of ``EncoderLoss`` over a batch, with the derivatives that they leave behind.
struct EncoderLossEvaluation {
  private let heads: [Tensor]
  private let probabilities: [Tensor]
  private let targets: [EncoderTargets]
  private(set) var derivatives: [Tensor]

  init(heads: [Tensor], targets: [EncoderTargets], layout: EncoderHeads) {
    self.heads = heads
    self.targets = targets
    probabilities = heads.map(Kernels.sigmoid)
    derivatives = heads.map { Tensor(shape: $0.shape) }
  }

  /// share · Σ (1 + eventWeight·t)·BCE; derivative by z: share · (1 + eventWeight·t)·(p − t).
  mutating func addCrossEntropy(_ columns: Range<Int>, share: Double, eventWeight: Double) -> Double {
    var sum = 0.0
    for track in heads.indices {
      let width = heads[track].columns
      for start in stride(from: 0, to: heads[track].count, by: width) {
        for index in start + columns.lowerBound..<start + columns.upperBound {
          let (z, t) = (heads[track][index], targets[track].values[index])
          let weight = 1 + Float(eventWeight) * t
          // log(1 + exp(z)) without overflow.
          let softplus = max(z, 0) + Float.log(onePlus: Float.exp(-abs(z)))
          sum += Double(weight * (softplus - z * t))
          derivatives[track][index] += Float(share) * weight * (probabilities[track][index] - t)
        }
      }
    }
    return share * sum
  }

  /// 1 − (2 Σ p·t + 1) / (Σ p + Σ t + 1): the 1 keeps a batch without events defined.
  mutating func addDice(_ column: Int) -> Double {
    let smoothing = 1.0
    var (overlap, total) = (smoothing, smoothing)
    forEachFrame(of: column) { track, index in
      let (p, t) = (Double(probabilities[track][index]), Double(targets[track].values[index]))
      overlap += 2 * p * t
      total += p + t
    }
    for track in heads.indices {
      for index in stride(from: column, to: heads[track].count, by: heads[track].columns) {
        let (p, t) = (Double(probabilities[track][index]), Double(targets[track].values[index]))
        derivatives[track][index] -= Float((2 * t * total - overlap) / (total * total) * p * (1 - p))
      }
    }
    return 1 - overlap / total
  }

  /// share · (1 − CCC) over tracks that know what the column means; where it is centred, of what is left without each track's mean.
  mutating func addDiscordance(
    _ column: Int, share: Double, isCentred: Bool = false, where isKnown: (EncoderTargets) -> Bool
  ) -> Double {
    let pairs = heads.indices.map { track -> [(x: Double, y: Double)] in
      guard isKnown(targets[track]) else { return [] }
      let said = heads[track].column(column, isCentred: isCentred)
      return Array(zip(said, targets[track].values.column(column, isCentred: isCentred)))
    }
    var statistics = ConcordanceStatistics()
    for pair in pairs.joined() { statistics.add(pair.x, pair.y) }
    guard statistics.count > 0 else { return 0 }
    for (track, pairs) in pairs.enumerated() where !pairs.isEmpty {
      let slopes = pairs.map { statistics.slope(at: $0.x, $0.y) }
      // An estimate moves its track's mean too.
      let mean = isCentred ? slopes.reduce(0, +) / Double(slopes.count) : 0
      for (row, slope) in slopes.enumerated() {
        derivatives[track][row * heads[track].columns + column] -= Float(share * (slope - mean))
      }
    }
    return share * (1 - statistics.coefficient)
  }

  private func forEachFrame(of column: Int, _ body: (_ track: Int, _ index: Int) -> Void) {
    for track in heads.indices {
      for index in stride(from: column, to: heads[track].count, by: heads[track].columns) { body(track, index) }
    }
  }
}

extension Tensor {
  /// One column, less its mean where it is centred.
  fileprivate func column(_ column: Int, isCentred: Bool) -> [Double] {
    let values = stride(from: column, to: count, by: columns).map { Double(self[$0]) }
    guard isCentred, !values.isEmpty else { return values }
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { $0 - mean }
  }
}
