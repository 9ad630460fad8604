import Algorithms
import Curricula
package import Experiments
import Files
import Foundation
import Options
import Policies
import Questions
import Rewards
import Rollouts
import Training

/// The stored completions of a run under other rewards: `takt rewards rescore`.
///
/// Says before any training how far compositions of rewards agree on what a policy really answered. Adaptive rewards see every
/// step of the run in order, as in training; baselines are those that the run kept, or others that are named.
package struct Rescoring: Sendable {
  /// What the run itself was paid.
  package static let trained = "as trained"

  private let directory: RunDirectory
  private let run: ExperimentFile
  private var specs: [(name: String, spec: RewardSpec)]
  private let steps: ClosedRange<Int>?
  private let questions: KeyedQuestions?
  private let disputedCount: Int

  /// Reads the run's configuration and every file of rewards; nothing is scored yet.
  ///
  /// `steps` keeps these alone, all of them where it is `nil`; `questions` names a file for runs that stored none; `baselines` a file
  /// of baselines or another run's folder.
  package init(
    run path: String, rewards files: [String], steps: ClosedRange<Int>? = nil, questions file: String? = nil,
    baselines: String? = nil, disputedCount: Int = 5, plugins: Plugins = .current, progress: WorkProgress = .silent
  ) throws {
    directory = try RunDirectory.existing(path)
    guard FileManager.default.fileExists(atPath: directory.rolloutsFile) else {
      throw FileError(path: directory.rolloutsFile, message: "there is no such file: only reinforcement runs keep rollouts")
    }
    guard !files.isEmpty else { throw NamedError("give at least one file of rewards with --rewards") }
    run = try ExperimentFile(of: directory, plugins: plugins)
    self.steps = steps
    self.disputedCount = disputedCount
    let names = Self.names(of: files)
    questions = try file.map { try KeyedQuestions(path: $0, tasks: plugins.tasks) }
    let kept = FileManager.default.fileExists(atPath: directory.baselinesFile) ? directory.baselinesFile : nil
    let compositions = try files.map {
      try Composition(
        rewards: $0, baselines: baselines ?? kept, plugins: plugins, offering: [.group], by: "takt rewards rescore")
    }
    specs = zip(names, compositions.map(\.spec)).map { ($0, $1) }
    if baselines == nil, kept == nil { try fitBaselines(progress) }
  }

  /// What was allowed in the files of rewards, and what baselines stand on.
  package var warnings: [String] {
    specs.flatMap { name, spec in (spec.warnings + [spec.baselineNote].compactMap { $0 }).map { "\(name): \($0)" } }
  }

  /// File names without their extension, or whole paths where two would be alike.
  private static func names(of files: [String]) -> [String] {
    let short = files.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    return zip(files, short).map { file, name in
      short.count { $0 == name } > 1 || name == trained ? file : name
    }
  }

  private mutating func fitBaselines(_ progress: WorkProgress) throws {
    let fitted = specs.indices.filter { !specs[$0].spec.baselineLabels.isEmpty }
    guard !fitted.isEmpty else { return }
    let questions: [Question]
    do {
      let source = try run.tracks.splits().train
      questions = try FixedQuestions.about(
        try TrackLibrary.timelines(source, title: "training questions", progress: progress), of: source,
        choice: run.stage.choice)
    } catch {
      let names = fitted.map { specs[$0].name }.joined(separator: ", ")
      throw NamedError(
        "the baselines of \(names) are fitted to the run's training questions, which cannot be made again: \(error)\n"
          + "Restore the tracks that \(directory.resolvedFile) names, give --baselines FILE, or leave these rewards out")
    }
    for index in fitted {
      specs[index].spec.fitBaselines(to: questions, named: "the training questions of \(run.name), made again")
    }
  }

  /// Reads the store once, step by step, and judges every completion under every composition.
  package func report(progress: WorkProgress = .silent) throws -> RescoringReport {
    var specs = specs.map(\.spec)
    var groups = try StoredGroups(path: directory.rolloutsFile, questions: questions)
    var tally = RescoringTally(
      names: [Self.trained] + self.specs.map(\.name), disputedCount: disputedCount)
    let isAdaptive = specs.contains { !$0.state.isEmpty }
    var stepsRead = 0
    while let step = groups.nextStep {
      if let steps, step > steps.upperBound { break }
      let isWanted = steps?.contains(step) ?? true
      let ofStep = try groups.nextOfOneStep()
      stepsRead = step + 1
      guard isWanted || isAdaptive else { continue }
      for index in specs.indices { specs[index].begin(step: step, of: run.training.steps) }
      if isWanted {
        let judged = concurrentResults(ofStep.count) { [specs] index in
          Result { try Self.judge(ofStep[index], by: specs) }
        }
        for (group, judgements) in zip(ofStep, judged) { tally.add(group, try judgements.get()) }
      }
      if isAdaptive {
        for group in ofStep {
          for record in group.records {
            let reading = group.reading(of: record)
            for index in specs.indices { specs[index].observe(reading, to: group.question) }
          }
        }
      }
      progress.report("rescoring", groups.done, 1000)
    }
    progress.report("rescoring", 1, 1)
    guard tally.completionCount > 0 else {
      throw FileError(
        path: directory.rolloutsFile,
        message: steps.map { "holds no completion of steps \($0.lowerBound)–\($0.upperBound)" } ?? "holds no completion yet")
    }
    var report = tally.report(run: directory.path)
    // Where the wanted steps end before the store does, nothing is known of its end.
    let cautions = [
      groups.nextStep == nil ? caution(stepsRead: stepsRead) : nil, selectionCaution(of: report), curriculumCaution,
    ]
    .compactMap { $0 }
    report.caution = cautions.isEmpty ? nil : cautions.joined(separator: "\n")
    report.baselines = self.specs.map { RescoringReport.Baseline(name: $0.name, note: $0.spec.baselineNote) }
    return report
  }

  /// What to say of a store that holds so many steps; `nil` where they are all of the run's that are wanted.
  private func caution(stepsRead: Int) -> String? {
    let total = run.training.steps
    let last = steps.map { min($0.upperBound, total - 1) } ?? total - 1
    guard stepsRead <= last else { return nil }
    return "rollouts.bin holds \(stepsRead) of the run's \(total) steps: the run is not at its end, or the file was cut off"
  }

  /// What to say of a store from before groups were marked, of a run that did not learn from all of them.
  private func selectionCaution(of report: RescoringReport) -> String? {
    guard report.learntGroups == nil, let algorithm = run.reinforcement?.algorithm, algorithm.selection.tiedGroups != .keep
    else { return nil }
    return "an earlier Takt stored only the groups that the update learnt from: tied ones are missing from all figures"
  }

  private var curriculumCaution: String? {
    let names = (run.reinforcement?.curricula ?? []).filter { $0 is RewardOption }.map { type(of: $0).name }
    guard !names.isEmpty else { return nil }
    return
      "the run's curriculum (\(names.joined(separator: ", "))) changed options of its rewards as it went; the files of rewards do not"
  }

  /// Composition → completion → judgement, what was stored first.
  private static func judge(_ group: StoredGroup, by specs: [RewardSpec]) throws -> [[RescoredJudgement]] {
    let stored = group.records.map { record in
      RescoredJudgement(
        reward: record.reward, components: record.components.map { .init(label: $0.label, score: $0.score) })
    }
    let answers = RewardGroup(group.question, responses: group.records.map { Response($0.completion) })
    return try [stored]
      + specs.map { spec in
        try spec.judge(answers).map { judgement in
          RescoredJudgement(
            reward: judgement.total, components: zip(spec.labels, judgement.components).map { .init(label: $0, score: $1) })
        }
      }
  }
}
