public import Options
import Questions
public import Rewards

/// Closeness of an answered time to the true one: 1 at no error, falling with the error over `scale` seconds.
///
/// With d = |t̂ − t*| in seconds and width s: exp(−d/s) (`laplace`), exp(−d²/2s²) (`gaussian`), max(0, 1 − d/s) (`linear`),
/// or 1 where d ≤ s, else 0 (`hit`).
///
/// - Several references: the nearest counts. Nothing readable answered: 0.
/// - A time outside the track keeps its score; `out-of-track` charges it.
///
/// Laplace with s = 15 s is the distance term of MusT (arXiv 2605.29300); hit with s = 3 s is MusTBench's Hit@3s.
public struct OnsetError: InstantReward, ConfigurableReward {
  /// How the score falls with the error.
  public typealias Form = ErrorShape

  public static let name = "onset-error"

  public static let documentation = RewardDocumentation(
    summary: "Closeness of an answered time to the true one.",
    formula: "f(d), d = |t̂ − t*| in s",
    forms: RewardForm.all(of: Form.self, option: "form"),
    degenerateCases: "Several references: the nearest. Nothing readable: 0. A time outside the track keeps its score.",
    source: "MusT, arXiv 2605.29300 (laplace, 15 s); MusTBench Hit@3s (hit, 3 s).",
    family: .instants, kinds: [.instant], promises: [.exactIsBest, .monotone])

  let form: ErrorShape
  let scale: Double

  /// - Parameters:
  ///   - form: how the score falls with the error.
  ///   - scale: the width s in seconds, 0.001…3600; for `hit` the greatest error that counts.
  public init(form: Form = .laplace, scale: Double = 15) {
    self.form = form
    self.scale = scale
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      form: options.choice("form", default: usual.form, help: "how the score falls with the error"),
      scale: options.number(
        "scale", default: usual.scale, in: 0.001...3600, unit: "s", help: "width s; for hit the greatest error that counts"))
  }

  package func score(distance: Double) -> Double { form.score(distance: distance, scale: scale) }
}
