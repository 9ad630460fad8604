import Numbers
import Policies

/// The size of gradients, which an optimiser such as Adam hides.
extension TrainingExamination {
  /// Down the gradient by a small step the loss falls by the square of the norm that `applyGradients` returns.
  ///
  /// An average over ranks in place of a sum divides the gradient and its norm by their number, and the loss falls that many times too fast.
  mutating func examineScale() async throws {
    guard let nudge = options.nudge else { return }
    for part in LinearLoss.Part.allCases
    where part != .all && (part != .values || policy.hasValueHead) && (part != .entropies || policy.capabilities.entropies) {
      try await policy.restore(start)
      let loss = try await loss(of: part)
      try await accumulate(loss, on: batch)
      let norm = Double(try await takeNorm())
      // A uniform policy has no gradient of the entropy.
      guard norm > 1e-6, norm.isFinite else { continue }
      try await accumulate(loss, on: batch)
      let step = Float(Double(options.differenceStep) / norm)
      try await nudge(step)
      let below = try await outputs()
      try await nudge(-2 * step)
      let above = try await outputs()
      let fall = (loss.value(of: above) - loss.value(of: below)) / (2 * Double(step))
      let ratio = fall / (norm * norm)
      let rounding = loss.rounding(of: above) / (2 * Double(step)) / (norm * norm)
      guard !(abs(ratio - 1) <= Double(options.differenceTolerance) + rounding) else { continue }
      fail(
        "the gradient has the size of the loss's slope",
        "along the gradient of the \(part.rawValue) the loss falls \(Self.digits(ratio)) times as fast as its norm, \(Self.digits(norm)), "
          + "says\(Self.guess(ratio))")
    }
  }

  private static func digits(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e6 else { return "\(number)" }
    return "\((number * 1000).rounded() / 1000)"
  }

  /// What may have been done to the gradient.
  private static func guess(_ ratio: Double) -> String {
    guard ratio.isFinite else { return "" }
    if ratio > 1.5, ratio < 10_000, abs(ratio - ratio.rounded()) < 0.03 * ratio {
      let times = Int(saturating: ratio.rounded())
      return ": it is \(times) times too small, as an average over \(times) ranks in place of a sum"
    }
    if ratio > 0, ratio < 0.67, 1 / ratio < 10_000, abs(1 / ratio - (1 / ratio).rounded()) < 0.03 / ratio {
      return ": it is \(Int(saturating: (1 / ratio).rounded())) times too large, as a sum that is counted once a rank"
    }
    return ratio <= 0 ? ": it does not go down" : ": it is not the loss's gradient"
  }

  /// A gradient that is clipped to half its norm moves like half of it, which the step after it shows even where the optimiser scales.
  mutating func examineClipping() async throws {
    let (first, second) = (try await loss(seed: 1), try await loss(seed: 2))
    try await accumulate(first, on: batch)
    let norm = try await takeNorm()
    guard norm > 0, norm.isFinite else { return }
    func walk(scale: Float, clippedTo bound: Float) async throws -> (norm: Float, outputs: TokenOutputs) {
      try await policy.restore(start)
      try await accumulate(first.scaled(by: scale), on: batch)
      let told = try await policy.applyGradients(learningRate: options.learningRate, maximumNorm: bound)
      try await step(second)
      return (told, try await outputs())
    }
    let clipped = try await walk(scale: 1, clippedTo: norm / 2)
    let half = try await walk(scale: 0.5, clippedTo: .greatestFiniteMagnitude)
    let whole = try await walk(scale: 1, clippedTo: .greatestFiniteMagnitude)
    if !(abs(clipped.norm - norm) <= options.gradientTolerance * norm) {
      fail("the norm is that before clipping", "it is \(clipped.norm) where \(norm) was clipped to half")
    }
    let (seen, told) = (greatestDistance(whole.outputs, half.outputs), greatestDistance(clipped.outputs, half.outputs))
    if !(told <= max(options.outputTolerance, 0.05 * seen)) {
      let like = greatestDistance(clipped.outputs, whole.outputs) <= max(options.outputTolerance, 0.05 * seen)
      fail(
        "clipping scales the gradient to maximumNorm",
        "a gradient of norm \(norm) clipped to \(norm / 2) leads elsewhere than half of it, by \(told)"
          + (like ? ": it was not clipped at all" : ""))
    }
  }
}
