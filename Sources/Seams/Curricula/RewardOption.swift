package import Options
package import Rewards
import Training

/// An option of a reward that changes in the course of the run, such as a width or a tolerance.
///
/// At share x of the ramp the option is first + (last − first)·x (`linear`), first·(last/first)^x (`geometric`) or
/// first + (last − first)·(1 − cos πx)/2 (`cosine`). Any number that a reward reads can be scheduled; where the reward wants a whole
/// number, the value is rounded to the nearest, and the log has what was set.
///
///     curriculum:
///       - {curriculum: reward-option, label: onset-error, option: scale, from: 15, to: 3, until: 0.8}
package struct RewardOption: Curriculum {
  package static let name = "reward-option"
  package static let summary = "an option of a reward goes from one value to another: a width or a tolerance that narrows"
  package static let choosesQuestions = false

  private let label: String
  private let option: String
  private let first: Double
  private let last: Double
  private let ramp: Ramp
  private var value: Double

  package init(options: inout OptionReader) {
    label = options.text("label", help: "label of the reward")
    option = options.text("option", help: "which of its options; `takt list rewards NAME` shows them")
    first = options.number("from", default: 1, in: -1e9...1e9, help: "value at the first step")
    last = options.number("to", default: 1, in: -1e9...1e9, help: "value at the end of the ramp")
    ramp = Ramp(options: &options, shape: .geometric)
    value = first
    if ramp.shape == .geometric, min(first, last) <= 0 {
      options.record("must be linear or cosine: a geometric ramp needs values above 0", at: "shape")
    }
  }

  /// Steps of the ramp that are tried before a run, whose number of steps is not known here.
  private static let tries = 1000

  /// Both ends and a thousand values between them are tried: a reward may refuse one in the middle, where its options rule each other.
  package func complaints(about rewards: RewardSpec, tasks: [String]) -> [String] {
    for place in 0...Self.tries {
      var rewards = rewards
      let value = ramp.value(from: first, to: last, progress: Double(place) / Double(Self.tries))
      if let complaint = set(value, in: &rewards).complaint { return [complaint] }
    }
    return []
  }

  package var metrics: [String: Double] { ["\(label)/\(option)": value] }

  package mutating func begin(step: Int, of steps: Int) {
    value = ramp.value(from: first, to: last, progress: ramp.progress(step: step, of: steps))
  }

  package mutating func adjust(_ rewards: inout RewardSpec) throws {
    let result = set(value, in: &rewards)
    if let complaint = result.complaint {
      throw TrainingError(.unmetRequirement, "curriculum reward-option of '\(label)': \(complaint)")
    }
    value = result.value
  }

  /// Sets the option to the value, or to the nearest whole number where only that is taken.
  ///
  /// That is so where both of its whole neighbours are taken: a value outside the option's range has at most one of them inside.
  private func set(_ value: Double, in rewards: inout RewardSpec) -> (value: Double, complaint: String?) {
    guard let complaint = rewards.set(option, of: label, to: value) else { return (value, nil) }
    let whole = value.rounded()
    guard whole != value else { return (value, complaint) }
    var changed = rewards
    if let remaining = changed.set(option, of: label, to: whole) { return (value, remaining) }
    // A ramp of whole numbers ends some units in the last place beside one.
    if (whole - value).magnitude > 1e-9 * max(1, value.magnitude) {
      var other = rewards
      let neighbour = whole < value ? value.rounded(.up) : value.rounded(.down)
      if let refusal = other.set(option, of: label, to: neighbour) { return (value, "\(refusal), a neighbour of \(value)") }
    }
    rewards = changed
    return (whole, nil)
  }
}
