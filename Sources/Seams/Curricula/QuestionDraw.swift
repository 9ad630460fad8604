import Numbers
package import Questions
package import Randomness
import RealModule
package import Training

/// Chooses a step's questions from all there are, as the curricula ask.
package struct QuestionDraw: Sendable {
  /// Task → its questions, in a fixed order.
  package let bank: [String: [Question]]
  /// Task → its part where no curriculum says otherwise.
  package let usualShares: [String: Double]

  package init(bank: [String: [Question]], usualShares: [String: Double]) {
    self.bank = bank.filter { !$0.value.isEmpty }
    self.usualShares = usualShares
  }

  /// Task → indices in its part of the bank, ascending; `total` in all, less where the bank holds less.
  ///
  /// Tasks get their shares of `total` to within one question (largest remainders; the first name where remainders are equal).
  /// Within a task, questions are drawn without replacement: those with the least −log(u)/w, u uniform in 0…1 and w the weight
  /// (Efraimidis and Spirakis 2006, *Weighted random sampling with a reservoir*).
  package func draw(_ total: Int, guidance: QuestionGuidance, stream: RandomStream) -> [String: [Int]] {
    let counts = Self.counts(total, shares: (guidance.taskShares ?? usualShares).filter { bank[$0.key] != nil })
    var drawn: [String: [Int]] = [:]
    for (place, task) in bank.keys.sorted().enumerated() {
      guard let questions = bank[task], let count = counts[task], count > 0 else { continue }
      var stream = stream.derived(place)
      let keys = guidance.weights(of: questions).map { weight in
        let uniform = 1 - stream.uniform()
        return weight > 0 ? -Double.log(uniform) / weight : .infinity
      }
      let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      drawn[task] = order.prefix(count).sorted()
    }
    return drawn
  }

  /// Whole numbers that add up to `total` and lie within 1 of the shares of it.
  static func counts(_ total: Int, shares: [String: Double]) -> [String: Int] {
    let tasks = shares.keys.sorted()
    let sum = tasks.reduce(0) { $0 + (shares[$1] ?? 0) }
    guard sum > 0 else { return [:] }
    let exact = tasks.map { Double(total) * (shares[$0] ?? 0) / sum }
    var counts = exact.map { Int(saturating: $0) }
    let byRemainder = tasks.indices.sorted { (Double(counts[$0]) - exact[$0], $0) < (Double(counts[$1]) - exact[$1], $1) }
    for index in byRemainder.prefix(total - counts.reduce(0, +)) { counts[index] += 1 }
    return Dictionary(uniqueKeysWithValues: zip(tasks, counts))
  }
}
