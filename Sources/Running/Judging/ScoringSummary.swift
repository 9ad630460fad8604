import Foundation
import Questions
import Rewards

/// Shares of the outcomes, and the mean of each component where it applied.
struct ScoringSummary: Sendable {
  private let labels: [String]
  private var outcomes: [Reading.Outcome: Int] = [:]
  private var sums: [Double]
  private var counts: [Int]
  private var total = (sum: 0.0, count: 0)

  init(labels: [String]) {
    self.labels = labels
    sums = [Double](repeating: 0, count: labels.count)
    counts = [Int](repeating: 0, count: labels.count)
  }

  mutating func add(_ reading: Reading, _ judgement: Judgement) {
    outcomes[reading.outcome, default: 0] += 1
    if let reward = judgement.total { total = (total.sum + reward, total.count + 1) }
    for (index, score) in judgement.components.enumerated() {
      guard let score else { continue }
      sums[index] += score
      counts[index] += 1
    }
  }

  /// Takes in the lines of the next piece.
  mutating func add(_ next: ScoringSummary) {
    outcomes.merge(next.outcomes, uniquingKeysWith: +)
    total = (total.sum + next.total.sum, total.count + next.total.count)
    for index in sums.indices {
      sums[index] += next.sums[index]
      counts[index] += next.counts[index]
    }
  }

  var text: String {
    let all = outcomes.values.reduce(0, +)
    func mean(_ sum: Double, _ count: Int) -> String {
      count == 0 ? "–" : String(format: "%.4f over %d", sum / Double(count), count)
    }
    return "reward  \(mean(total.sum, total.count))\n"
      + labels.indices.map { "  \(labels[$0])  \(mean(sums[$0], counts[$0]))\n" }.joined()
      + outcomes.map { ($0.key.name, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { name, count in
        String(format: "%5.1f %%  ", 100 * Double(count) / Double(max(all, 1))) + name + "\n"
      }.joined()
  }
}
