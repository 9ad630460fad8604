import Foundation
import Options
import Questions
import Rewards
import RunLogs
import Training

/// The log as lines of text in a file.
struct LinesLog: LogRecipe {
  static let name = "lines"
  static let summary = "an event a line"
  static let takesHistory = true
  private let file: String

  init(options: inout OptionReader) { file = options.text("file", default: "events.txt", help: "its name") }

  var files: [String] { [file] }
  var destination: String { file }

  func open(for run: LoggedRun) async throws -> any RunLogSink {
    LinesSink(path: "\(run.directory)/\(file)", lines: [run.name, run.summary] + run.history.map(\.jsonLine))
  }
}

actor LinesSink: RunLogSink {
  let path: String
  private var lines: [String]

  init(path: String, lines: [String]) { (self.path, self.lines) = (path, lines) }

  func record(_ event: RunEvent) {
    guard event.kind == .step else { return }
    lines.append("\(event.step) \(event.scalars["reward/mean"] ?? 0) \(event.text)")
  }

  func finish() throws { try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path)) }
}

struct LowReward: Alarm {
  static let name = "low-reward"
  static let summary = "the reward is low"
  var state: [String: Double] = [:]
  private let drift: Double

  init(options: inout OptionReader, limits: RunLimits) { drift = limits.drift }

  mutating func warning(after event: RunEvent) -> String? {
    guard event.kind == .step, let reward = event.scalars["reward/mean"], reward < drift else { return nil }
    state["seen", default: 0] += 1
    return "the reward is \(reward)"
  }
}

/// Narrows a reward's width and asks more about late events.
struct Narrowing: Curriculum {
  static let name = "narrowing"
  static let summary = "a width goes from 20 s to 2 s"
  static let choosesQuestions = true
  private let label: String
  private var width = 20.0

  init(options: inout OptionReader) { label = options.text("label", default: "closeness", help: "which reward") }

  func complaints(about rewards: RewardSpec, tasks: [String]) -> [String] {
    rewards.labels.contains(label) ? [] : ["no reward is labelled '\(label)': \(rewards.labels)"]
  }

  var metrics: [String: Double] { ["\(label)/width": width] }

  mutating func begin(step: Int, of steps: Int) { width = 20 - 18 * Double(step) / Double(max(1, steps)) }

  func weights(of questions: [Question]) -> [Double]? {
    questions.map { question in
      guard case .instant(let time)? = question.references.first else { return 1 }
      return 1 + time / question.duration
    }
  }

  mutating func adjust(_ rewards: inout RewardSpec) throws {
    if let complaint = rewards.set("width", of: label, to: width) { throw Unadjusted(complaint: complaint) }
  }

  struct Unadjusted: Error { let complaint: String }
}
