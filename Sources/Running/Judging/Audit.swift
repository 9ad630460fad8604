package import Experiments
import Files
import Foundation
import Options
import Questions
package import RewardAudit
import Rewards

/// The exploitability audit of a file of rewards on a file of questions or annotated tracks: `takt rewards audit`.
package struct Audit: Sendable {
  package let report: AuditReport
  /// What baselines stand on, and what rewards lack here: for standard error.
  package let notices: [String]
  private let name: String
  private let source: String

  /// Reads both files and answers every question with every policy.
  ///
  /// `baselines` names a file of baselines or a run's folder; without it they are fitted to the questions. Rewards that follow a schedule
  /// are judged as at `step` of `steps`, the first where none is given.
  /// Throws where a file is at fault, or where the rewards judge none of the questions.
  package init(
    spec: String, file: String, label: String, options: AuditOptions, baselines: String? = nil, step: Int? = nil,
    steps: Int? = nil, plugins: Plugins = .current
  ) throws {
    if let fault = StepOfRun.fault(step: step, steps: steps) { throw NamedError(fault) }
    var composition = try Composition(rewards: spec, baselines: baselines, plugins: plugins, by: "takt rewards audit")
    if let step, let steps { composition.spec.begin(step: step, of: steps) }
    let questions = try AuditQuestions(file: URL(fileURLWithPath: file), label: label, tasks: plugins.tasks)
    composition.fit(to: questions.questions, of: file)
    report = RewardAudit(composition.spec, options: options).report(on: questions.questions)
    // The report has the file's own warnings.
    notices =
      composition.warnings.filter { !composition.spec.warnings.contains($0) }
      + (step == nil ? composition.spec.shortfalls(lacking: [.step]) : [])
    guard !report.kinds.isEmpty else {
      let tasks = Set(questions.questions.map { "\($0.task) (\($0.kind.rawValue))" }).sorted().joined(separator: ", ")
      throw FileError(path: spec, message: "judges none of the questions of \(file), whose tasks are \(tasks)")
    }
    name = URL(fileURLWithPath: spec).deletingPathExtension().lastPathComponent
    source = composition.resolved.yaml()
  }

  package var isExploitable: Bool { report.isExploitable }

  package var table: String { report.table }

  /// Writes the report as one JSON object.
  package func write(json path: String) throws {
    try Self.write(try JSONText.indented(report), to: path)
  }

  /// Writes the report as a page that needs nothing else.
  package func write(html path: String) throws {
    try Self.write(AuditPage(report, title: name, configuration: source).html, to: path)
  }

  private static func write(_ text: String, to path: String) throws {
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
