import Foundation
import Numbers

/// How far a run has come and how fast it goes, in words.
package struct RunProgress {
  private(set) var totalSteps = 0
  private var stepsDone = 0
  private var firstStep = 0
  private var startTime: Double?
  private var recentRewards: [Double] = []

  private static let rewardWindow = 10

  mutating func start(at time: Double, step: Int) {
    startTime = time
    firstStep = step
    stepsDone = step
  }

  mutating func advance(to event: RunEvent, at time: Double) {
    // A run that goes on begins with a step: how long that took is not known here, so the rate is of those after it.
    if startTime == nil { start(at: time, step: event.stepsDone) }
    totalSteps = event.totalSteps
    stepsDone = event.stepsDone
    if let reward = event.scalars["reward/mean"] {
      recentRewards = (recentRewards + [reward]).suffix(Self.rewardWindow)
    }
  }

  /// Mean of `reward/mean` over the last ten steps.
  var reward: Double? {
    recentRewards.isEmpty ? nil : recentRewards.reduce(0, +) / Double(recentRewards.count)
  }

  var counts: String { "step \(stepsDone)/\(totalSteps)" }

  var percentage: String { "\(Int(saturating: 100 * fraction)) %" }

  func bar(columns: Int) -> String {
    let full = Int(saturating: fraction * Double(columns))
    return String(repeating: "█", count: full) + String(repeating: "░", count: columns - full)
  }

  func elapsed(at time: Double) -> Double { startTime.map { time - $0 } ?? 0 }

  /// Steps a second over the whole run, evaluations included; `nil` before time has passed.
  func rate(at time: Double) -> String? {
    guard let stepsPerSecond = stepsPerSecond(at: time) else { return nil }
    return stepsPerSecond >= 1
      ? String(format: "%.1f steps/s", stepsPerSecond) : String(format: "%.1f s/step", 1 / stepsPerSecond)
  }

  func remaining(at time: Double) -> String? {
    stepsPerSecond(at: time).map { Self.clock(Double(totalSteps - stepsDone) / $0) + " left" }
  }

  /// Minutes and seconds, with hours where there are any.
  package static func clock(_ seconds: Double) -> String {
    let whole = Int(saturating: seconds.rounded())
    return whole < 3600
      ? String(format: "%d:%02d", whole / 60, whole % 60)
      : String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
  }

  private var fraction: Double { totalSteps > 0 ? min(1, Double(stepsDone) / Double(totalSteps)) : 0 }

  private func stepsPerSecond(at time: Double) -> Double? {
    let seconds = elapsed(at: time)
    return seconds > 0 && stepsDone > firstStep ? Double(stepsDone - firstStep) / seconds : nil
  }
}
