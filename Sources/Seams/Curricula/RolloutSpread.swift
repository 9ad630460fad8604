package import Options
package import Questions
import Training

/// Questions whose completions earn the most different rewards are asked more often: they teach a group-relative algorithm most.
///
/// Each question has an estimate s of the standard deviation of its group's rewards (population form), a running mean that takes
/// in a share `rate` of each new group. It is asked with probability floor/n + (1 − floor)·s/Σs among the n questions of its
/// task (drawn without replacement, so a frequent one less); one that was never asked counts as the mean of those that were,
/// before the first as any other. The share `floor` keeps what is too hard or too easy today from being forgotten.
///
/// - State: `<question id>` → s for every question that was asked.
///
/// After prioritised level replay (Jiang et al. 2021, arXiv 2010.03934) with rollout spread as the score.
package struct RolloutSpread: Curriculum {
  package static let name = "rollout-spread"
  package static let summary = "questions whose completions earn the most different rewards are asked more often"
  package static let choosesQuestions = true

  private let floor: Double
  private let rate: Double
  private var spreads: [String: Double] = [:]
  /// Estimates, before the step, of the questions that the step asked.
  private var asked: [Double] = []

  package init(options: inout OptionReader) {
    floor = options.number("floor", default: 0.2, in: 0.001...1, help: "share of the draws that is uniform; 1 for all")
    rate = options.number("rate", default: 0.5, in: 0.001...1, help: "share of the newest group in a question's running spread")
  }

  package var state: [String: Double] {
    get { spreads }
    set { spreads = newValue.filter { $0.value >= 0 && $0.value.isFinite } }
  }

  package var metrics: [String: Double] {
    var metrics = ["spread/seen": Double(spreads.count)]
    if !asked.isEmpty { metrics["spread/asked"] = asked.reduce(0, +) / Double(asked.count) }
    if !spreads.isEmpty { metrics["spread/mean"] = mean(spreads.sorted { $0.key < $1.key }.map(\.value)) }
    return metrics
  }

  package mutating func begin(step: Int, of steps: Int) { asked = [] }

  package func weights(of questions: [Question]) -> [Double]? {
    let known = questions.map { spreads[$0.id] }
    let usual = mean(known.compactMap { $0 })
    guard usual > 0 else { return nil }
    // Over the mean instead of the sum: the same probabilities, and 1 for a usual question.
    return known.map { floor + (1 - floor) * ($0 ?? usual) / usual }
  }

  package mutating func observe(_ question: Question, rewards: [Double]) {
    guard rewards.count > 1 else { return }
    let mean = mean(rewards)
    let spread = (rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rewards.count)).squareRoot()
    guard spread.isFinite else { return }
    if let old = spreads[question.id] { asked.append(old) }
    spreads[question.id] = spreads[question.id].map { $0 + rate * (spread - $0) } ?? spread
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}
