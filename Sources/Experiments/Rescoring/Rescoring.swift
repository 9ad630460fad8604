import Algorithms
import Foundation
import Policies
import Questions
public import Rewards
import Rollouts
public import TemporalRewards
import Training

/// The stored completions of a run under other rewards: `takt rescore`.
///
/// Says before any training how far compositions of rewards agree on what a policy really answered. Adaptive rewards see every
/// step of the run in order, as in training; baselines are fitted to the run's training questions.
public struct Rescoring: Sendable {
  /// What the run itself was paid.
  public static let trained = "as trained"

  private let directory: RunDirectory
  private let run: ExperimentFile
  private var specs: [(name: String, spec: RewardSpec)]
  private let steps: ClosedRange<Int>?
  private let questions: [String: Question]
  private let disputedCount: Int

  /// Reads the run's configuration and every file of rewards; nothing is scored yet.
  ///
  /// `steps` keeps these alone, all of them where it is `nil`; `questions` names a file for runs that stored none.
  public init(
    run path: String, rewards files: [String], steps: ClosedRange<Int>? = nil, questions file: String? = nil,
    disputedCount: Int = 5, catalog: RewardCatalog = .builtIn, progress: WorkProgress = .silent
  ) throws {
    directory = try RunDirectory.existing(path)
    guard FileManager.default.fileExists(atPath: directory.rolloutsFile) else {
      throw FileError(path: directory.rolloutsFile, message: "there is no such file: only reinforcement runs keep rollouts")
    }
    guard !files.isEmpty else { throw NamedError("give at least one file of rewards with --rewards") }
    run = try ExperimentFile(path: directory.resolvedFile, rewards: catalog)
    self.steps = steps
    self.disputedCount = disputedCount
    let names = Self.names(of: files)
    specs = try zip(names, files).map { ($0, try RewardFile(path: $1, catalog: catalog).spec) }
    var byID: [String: Question] = [:]
    if let file {
      try JSONLines.read(Question.self, from: URL(fileURLWithPath: file)) { byID[$0.id] = $0 }
    }
    questions = byID
    try fitBaselines(progress)
  }

  /// File names without their extension, or whole paths where two would be alike.
  private static func names(of files: [String]) -> [String] {
    let short = files.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    return zip(files, short).map { file, name in
      short.count { $0 == name } > 1 || name == trained ? file : name
    }
  }

  private mutating func fitBaselines(_ progress: WorkProgress) throws {
    let fitted = specs.indices.filter { index in specs[index].spec.components.contains { $0.baseline != nil } }
    guard !fitted.isEmpty else { return }
    let questions: [Question]
    do {
      questions = FixedQuestions.about(
        try TrackLibrary.timelines(try TrackSplits(run.tracks).train, title: "training questions", progress: progress),
        tasks: run.questions.tasks)
    } catch {
      let names = fitted.map { specs[$0].name }.joined(separator: ", ")
      throw NamedError(
        "the baselines of \(names) are fitted to the run's training questions, which cannot be made again: \(error)\n"
          + "Restore the tracks that \(directory.resolvedFile) names, or leave these rewards out")
    }
    for index in fitted { specs[index].spec.fitBaselines(to: questions) }
  }

  /// Reads the store once, step by step, and judges every completion under every composition.
  public func report(progress: WorkProgress = .silent) throws -> RescoringReport {
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
      for group in ofStep {
        let readings = group.records.map { group.reading(of: $0) }
        if isWanted { tally.add(group, Self.judge(group, readings, by: specs)) }
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
    if groups.nextStep == nil { report.caution = caution(stepsRead: stepsRead) }
    return report
  }

  /// What to say of a store that holds so many steps; `nil` where they are all of the run's that are wanted.
  private func caution(stepsRead: Int) -> String? {
    let total = run.training.steps
    let last = steps.map { min($0.upperBound, total - 1) } ?? total - 1
    guard stepsRead <= last else { return nil }
    return "rollouts.bin holds \(stepsRead) of the run's \(total) steps: the run is not at its end, or the file was cut off"
  }

  /// Composition → completion → judgement, what was stored first.
  private static func judge(_ group: StoredGroup, _ readings: [Reading], by specs: [RewardSpec]) -> [[RescoredJudgement]] {
    let stored = group.records.map { record in
      RescoredJudgement(
        reward: record.reward, components: record.components.map { .init(label: $0.label, score: $0.score) })
    }
    return [stored]
      + specs.map { spec in
        zip(group.records, readings).map { record, reading in
          let response = Response(
            text: record.completion.text, tokenCount: record.completion.tokens.count, isTruncated: record.completion.isTruncated
          )
          let judgement = spec.judge(reading, in: response, to: group.question)
          return RescoredJudgement(
            reward: judgement.total, components: zip(spec.labels, judgement.components).map { .init(label: $0, score: $1) })
        }
      }
  }
}
