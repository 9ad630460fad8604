import BuiltInPlugins
import EmbeddedPolicies
public import ExperimentFiles
public import ExperimentKinds
import Files
import Foundation
import OptionFiles
public import Questions
public import Rewards
public import RunFolders
public import RunLogs
import Tracks
public import Training
public import Work

/// Runs one experiment file in its folder, from nothing or from where it was.
public struct ExperimentRun: StageRun {
  public let file: ExperimentFile
  public let directory: RunDirectory
  public let resources: RunResources
  let sinks: [any RunLogSink]
  let shouldStop: @Sendable () -> Bool
  private let allowsAnotherBuild: Bool
  private let index: RunRegistration
  private let notice: @Sendable (String) -> Void

  public var name: String { file.name }
  public var training: TrainingOptions { file.training }

  /// `sinks` are those of the caller, such as a terminal; the run's folder has its own.
  ///
  /// `notice` is told what a person should know and the run does not depend on, `remark` what happens beside its steps; without a
  /// `remark`, what a policy in another process writes to standard error is kept in the run's folder alone. A run that another build or
  /// other BLAS kernels began goes on where `allowsAnotherBuild`; its log then says so.
  public init(
    file: ExperimentFile, directory: RunDirectory, progress: WorkProgress = .silent, sinks: [any RunLogSink] = [],
    index: RunRegistration = RunRegistration(path: nil), notice: @escaping @Sendable (String) -> Void = { _ in },
    remark: (@Sendable (String) -> Void)? = nil, allowsAnotherBuild: Bool = false,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.file = file
    self.directory = directory
    resources = RunResources(
      seed: file.seed, tracks: file.tracks, folder: directory.path, progress: progress, remark: remark)
    self.sinks = sinks
    self.index = index
    self.notice = notice
    self.allowsAnotherBuild = allowsAnotherBuild
    self.shouldStop = shouldStop
  }

  /// Whatever reads the run's files again in its course knows the plug-ins that its experiment was read with.
  public func run() async throws -> StageLoop.Ending {
    try await Plugins.$current.withValue(file.plugins) { try await begin() }
  }

  private func begin() async throws -> StageLoop.Ending {
    try ProcessSettings.prepareForTraining()
    try file.checkStart()
    try directory.open(resolved: file.resolved, plugins: file.plugins)
    let lock = try FolderLock(directory.path)
    defer { lock.release() }
    // Before the first checkpoint nothing was learnt that a change of the data could part from what comes.
    let hasBegun = try CheckpointFolder(path: directory.checkpointsFolder).newest() != nil
    if !FileManager.default.fileExists(atPath: directory.manifestFile) || !hasBegun && !isDone && changedTrackFiles != nil {
      let manifest = Manifest(seed: file.seed, blas: ProcessSettings.kernels, inputs: ownInputs + file.tracks.files)
      try manifest.write(to: directory.manifestFile)
    }
    if isDone {
      // It may have been killed between its last scores and the index.
      if let damage = directory.damagedRollouts {
        notice("\(damage). What reads it may stop there; only training the run again in another folder makes it anew")
      }
      register(.finished)
      return .finished
    }
    try checkBuild()
    if let changed = changedTrackFiles {
      throw FileError(
        path: directory.path,
        message: "\(changed) since the run began: put back what was there, or give --output another folder to train anew")
    }
    let damagedPolicy = directory.damagedPolicy
    if let damagedPolicy {
      guard try CheckpointFolder(path: directory.checkpointsFolder).newest() != nil else {
        throw FileError(
          path: directory.path,
          message:
            "\(damagedPolicy), and no checkpoint holds its parameters: restore it from a copy, or remove it to train the run again"
        )
      }
      notice("\(damagedPolicy). Its parameters are taken from the run's last checkpoint")
    }
    let damage = isScored && damagedPolicy == nil ? directory.damagedScores : nil
    if let damage { notice("\(damage). The finished policy is scored again") } else { register(.running) }
    try? FileManager.default.removeItem(atPath: directory.failureFile)
    do {
      let ending = damage == nil ? try await file.stage.run(self) : try await file.stage.scoreAgain(self)
      register(ending == .finished ? .finished : .stopped)
      return ending
    } catch {
      register(.failed)
      if !FileManager.default.fileExists(atPath: directory.logFile) {
        try? AtomicFile.write(Array("\(error)\n".utf8), to: directory.failureFile)
      }
      throw error
    }
  }

  /// What the run reads beside its tracks.
  private var ownInputs: [String] { ([file.path] + file.stage.files.map(\.path)).filter { !$0.isEmpty } }

  /// Which of the files that the tracks are read from are not what the manifest says; `nil` where all are.
  private var changedTrackFiles: String? {
    guard let begun = Manifest(reading: directory.manifestFile) else { return nil }
    let now = Manifest.digests(of: file.tracks.files)
    let known = begun.inputs.filter { !ownInputs.contains($0.key) }
    let changed = Set(now.keys).union(known.keys).sorted().filter { now[$0] != known[$0] }
    guard let first = changed.first else { return nil }
    let rest = changed.count > 1 ? " and \(changed.count - 1) more files of tracks" : ""
    return "\(first)\(rest) \(now[first] == nil ? "went" : known[first] == nil ? "came" : "changed")"
  }

  /// Throws where another build, or another processor, began the run, unless its caller said to go on all the same.
  private func checkBuild() throws {
    guard let manifest = Manifest(reading: directory.manifestFile) else { return }
    let (begun, own) = (BuildIdentity(manifest), BuildIdentity.current)
    let differences = begun.differences(from: own)
    guard !differences.isEmpty else { return }
    let text = differences.joined(separator: ", and ")
    guard allowsAnotherBuild else {
      throw FileError(path: directory.path, message: "\(text). \(begun.remedy(for: own))")
    }
    notice("\(directory.path): \(text). It goes on all the same, as --another-build says")
  }

  /// What the log says of a run that another build began.
  private var buildWarning: String? {
    guard let manifest = Manifest(reading: directory.manifestFile) else { return nil }
    let differences = BuildIdentity(manifest).differences(from: .current)
    return differences.isEmpty ? nil : "goes on with --another-build: \(differences.joined(separator: ", and "))"
  }

  private func register(_ status: RunRegistration.Status) {
    if let warning = index.register(directory, status: status) { notice(warning) }
  }

  /// Whether everything that the run leaves at its end is there.
  private var isDone: Bool { directory.isFinished(isScored: isScored) }

  private var isScored: Bool { file.isScored }

  /// Takes a stage through its steps with this run's log and checkpoints.
  public func loop<Stage: TrainingStage>(
    _ stage: inout Stage, evaluate: (_ stage: Stage, _ stepsDone: Int) async throws -> [String: Double]
  ) async throws -> StageLoop.Ending {
    let folder = CheckpointFolder(path: directory.checkpointsFolder)
    let found = try folder.newest()
    let first = found?.checkpoint.stepsDone ?? 0
    let own = try JSONLinesSink(path: directory.logFile, resumingAt: first)
    let logged = LoggedRun(
      name: file.name, summary: file.summary, directory: directory.path, stepsDone: first, parameters: file.resolved.leaves,
      history: first > 0 ? try JSONLinesSink.events(path: directory.logFile) : [])
    let log = Tee(file.logs.map { $0.sink(for: logged) } + sinks, required: [FolderWatch(directory), own])
    for finding in resources.findings.warnings { notice(finding) }
    try keepOmissions()
    let warnings = (found?.warnings ?? []) + [buildWarning].compactMap { $0 } + resources.findings.warnings
    for warning in warnings {
      try await log.record(RunEvent(kind: .warning, step: first, totalSteps: file.training.steps, text: warning))
    }
    if first > 0 {
      resources.remark?("goes on after \(first) of \(file.training.steps) steps: \(folder.name(stepsDone: first))")
    }
    let loop = StageLoop(
      cadence: StageLoop.Cadence(
        steps: file.training.steps, evaluateEvery: file.training.evaluateEvery, checkpointEvery: file.training.checkpointEvery),
      log: log, checkpoints: folder, alarms: file.alarms, shouldStop: shouldStop)
    do {
      let ending = try await loop.run(&stage, from: found?.checkpoint, evaluate: evaluate)
      try await log.finish()
      return ending
    } catch {
      try? await log.finish()
      throw error
    }
  }

  /// Writes what the tracks' source left out into the run's folder; removes what an earlier start wrote.
  private func keepOmissions() throws {
    let omitted = resources.findings.omitted
    guard !omitted.isEmpty else {
      try? FileManager.default.removeItem(atPath: directory.leftOutFile)
      return
    }
    try AtomicFile.write(Array(omitted.map { $0 + "\n" }.joined().utf8), to: directory.leftOutFile)
  }

  public var stepsDone: Int {
    get throws { try CheckpointFolder(path: directory.checkpointsFolder).newest()?.checkpoint.stepsDone ?? 0 }
  }

  /// The rewards with baselines fitted to the training questions, which the run's folder keeps for whoever judges as this run did.
  ///
  /// A run that goes on takes what it kept, so that one run pays by one measure.
  public func fitted(_ rewards: RewardSpec, to questions: [Question]) throws -> RewardSpec {
    var rewards = rewards
    var priors = BlindPriors(fittedTo: questions, named: "the training questions of \(file.name)")
    if try stepsDone > 0, FileManager.default.fileExists(atPath: directory.baselinesFile) {
      let kept = try BaselinesFile.read(directory.baselinesFile)
      if kept.checksum != priors.checksum, !rewards.baselineLabels.isEmpty {
        notice("the training questions changed since the run began; its baselines stay those of \(kept.description)")
      }
      priors = kept
    } else {
      try BaselinesFile.write(priors, to: directory.baselinesFile)
    }
    rewards.take(priors)
    rewards.noteUnjudgedTasks(of: questions)
    return rewards
  }
}
