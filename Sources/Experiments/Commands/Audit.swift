import Foundation
import Questions
public import RewardAudit
public import Rewards
public import TemporalRewards
import Training

/// The exploitability audit of a file of rewards on a file of questions or annotated tracks: `takt audit`.
public struct Audit: Sendable {
  public let report: AuditReport
  private let name: String
  private let source: String

  /// Reads both files and answers every question with every policy.
  ///
  /// Throws where a file is at fault, or where the rewards judge none of the questions.
  public init(
    spec: String, file: String, label: String, options: AuditOptions, catalog: RewardCatalog = .builtIn
  ) throws {
    let rewards = try RewardFile(path: spec, catalog: catalog)
    let questions = try AuditQuestions(file: URL(fileURLWithPath: file), label: label)
    report = RewardAudit(rewards.spec, options: options).report(on: questions.questions)
    guard !report.kinds.isEmpty else {
      let tasks = Set(questions.questions.map { "\($0.task) (\($0.kind.rawValue))" }).sorted().joined(separator: ", ")
      throw FileError(path: spec, message: "judges none of the questions of \(file), whose tasks are \(tasks)")
    }
    name = URL(fileURLWithPath: spec).deletingPathExtension().lastPathComponent
    source = rewards.resolved.yaml()
  }

  public var isExploitable: Bool { report.isExploitable }

  public var table: String { report.table }

  /// Writes the report as one JSON object.
  public func write(json path: String) throws {
    try Self.write(try JSONText.indented(report), to: path)
  }

  /// Writes the report as a page that needs nothing else.
  public func write(html path: String) throws {
    try Self.write(AuditPage(report, title: name, configuration: source).html, to: path)
  }

  private static func write(_ text: String, to path: String) throws {
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
