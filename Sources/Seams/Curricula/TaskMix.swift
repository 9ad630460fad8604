package import Options
import Questions
package import Rewards
import Training

/// Which share of a step's questions each task has, fixed or moving from one mix to another.
///
///     curriculum:
///       - {curriculum: task-mix, mix: {tsg: 3, mtr: 1}}
///       - {curriculum: task-mix, mix: {tsg: 3, mtr: 1}, to: {tsg: 1, mtr: 1}, until: 0.5}
///
/// Shares are the numbers over their sum; on a ramp, shares move linearly unless `shape` says otherwise.
package struct TaskMix: Curriculum {
  package static let name = "task-mix"
  package static let summary = "the share of each task among a step's questions, fixed or moving from one mix to another"
  package static let choosesQuestions = true

  private let first: [String: Double]
  private let last: [String: Double]
  private let ramp: Ramp
  private var shares: [String: Double]

  package init(options: inout OptionReader) {
    first = Self.shares("mix", &options) ?? [:]
    if first.isEmpty { options.record("must give each task its part, such as {tsg: 3, mtr: 1}", at: "mix") }
    last = options.contains("to") ? Self.shares("to", &options) ?? first : first
    ramp = Ramp(options: &options, shape: .linear)
    shares = first
    if ramp.shape == .geometric { options.record("must be linear or cosine: a share may be 0", at: "shape") }
  }

  package func complaints(about rewards: RewardSpec, tasks: [String]) -> [String] {
    Set(first.keys).union(last.keys).subtracting(tasks).sorted().map {
      "the mix names '\($0)', which is not among questions.tasks (\(tasks.joined(separator: ", "))): add it there or leave it out"
    }
  }

  package var metrics: [String: Double] {
    Dictionary(uniqueKeysWithValues: shares.map { ("mix/\($0.key)", $0.value) })
  }

  package mutating func begin(step: Int, of steps: Int) {
    let progress = ramp.progress(step: step, of: steps)
    for task in Set(first.keys).union(last.keys) {
      shares[task] = ramp.value(from: first[task] ?? 0, to: last[task] ?? 0, progress: progress)
    }
  }

  package var taskShares: [String: Double]? { shares }

  /// A map of numbers, scaled to a sum of 1; `nil` where it is none, which is recorded.
  private static func shares(_ key: String, _ options: inout OptionReader) -> [String: Double]? {
    guard let value = options.raw(key) else { return nil }
    guard case .map(let entries) = value.content else {
      options.record("must be a map of tasks, such as {tsg: 3, mtr: 1}, not \(value.kind)", at: key, line: value.line)
      return nil
    }
    var parts: [String: Double] = [:]
    for entry in entries {
      guard case .number(let number) = entry.value.content, number >= 0, number.isFinite else {
        options.record(
          "must be a number of 0 or more, not \(entry.value.kind)", at: "\(key).\(entry.key)", line: entry.value.line)
        return nil
      }
      parts[entry.key] = number
    }
    let sum = parts.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    guard sum > 0 else {
      options.record("must give some task a part above 0", at: key, line: value.line)
      return nil
    }
    return parts.mapValues { $0 / sum }
  }
}
