import Algorithms
import AudioLanguageModel
import Files
import Foundation
import Questions
import Rewards
public import RunLogs
import Tensors
public import Training

/// Runs one experiment file in its folder, from nothing or from where it was.
public struct ExperimentRun: Sendable {
  public let file: ExperimentFile
  public let directory: RunDirectory
  let progress: WorkProgress
  let sinks: [any RunLogSink]
  let shouldStop: @Sendable () -> Bool
  private let index: RunRegistration
  private let notice: @Sendable (String) -> Void
  /// Tells a person who watches what happens; `nil` where nobody does.
  let remark: (@Sendable (String) -> Void)?

  /// `sinks` are those of the caller, such as a terminal; the run's folder has its own.
  ///
  /// `notice` is told what a person should know and the run does not depend on, `remark` what happens beside its steps; without a
  /// `remark`, what a policy in another process writes to standard error is kept in the run's folder alone.
  public init(
    file: ExperimentFile, directory: RunDirectory, progress: WorkProgress = .silent, sinks: [any RunLogSink] = [],
    index: RunRegistration = RunRegistration(path: nil), notice: @escaping @Sendable (String) -> Void = { _ in },
    remark: (@Sendable (String) -> Void)? = nil,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.file = file
    self.directory = directory
    self.progress = progress
    self.sinks = sinks
    self.index = index
    self.notice = notice
    self.remark = remark
    self.shouldStop = shouldStop
  }

  public func run() async throws -> StageLoop.Ending {
    keepFreedMemory()
    try ProcessSettings.reserveWorkspace()
    let inputs = [file.path, file.encoderFile, file.policyFile].filter { !$0.isEmpty }
    try file.checkStart()
    try directory.open(resolved: file.resolved)
    let lock = try FolderLock(directory.path)
    defer { lock.release() }
    if !FileManager.default.fileExists(atPath: directory.manifestFile) {
      let corpora =
        (file.tracks.source == .corpus ? [file.tracks.folder] : []) + file.tracks.further
        + [file.tracks.testCorpus].filter { !$0.isEmpty }
      let manifest = Manifest(seed: file.seed, blas: Kernels.blasCore, inputs: inputs + corpora.map { "\($0)/manifest.json" })
      try manifest.write(to: directory.manifestFile)
    }
    if isDone {
      // It may have been killed between its last scores, their page and the index.
      try directory.completeSummary()
      if let damage = directory.damagedRollouts {
        notice("\(damage). What reads it may stop there; only training the run again in another folder makes it anew")
      }
      register(.finished)
      return .finished
    }
    if let begun = Manifest.version(in: directory.manifestFile), begun != Manifest.version {
      throw FileError(
        path: directory.path,
        message: "was begun by Takt \(begun); this is \(Manifest.version), and a run of two versions could not be made again: "
          + "go on with that version, or give --output another folder")
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
    do {
      let ending =
        switch file.stage {
        case _ where damage != nil && file.externalPolicy.isEmpty: try await PolicyRun(run: self).scoreAgain()
        case _ where !file.externalPolicy.isEmpty: try await ExternalRun(run: self).run()
        case .encoder: try await EncoderRun(run: self).run()
        case .captions, .questions, .reinforcement: try await PolicyRun(run: self).run()
        }
      register(ending == .finished ? .finished : .stopped)
      return ending
    } catch {
      register(.failed)
      throw error
    }
  }

  private func register(_ status: RunRegistration.Status) {
    if let warning = index.register(directory, status: status) { notice(warning) }
  }

  /// Whether everything that the run leaves at its end is there.
  private var isDone: Bool { directory.isFinished(isScored: isScored) }

  private var isScored: Bool { file.stage != .encoder && file.tracks.test > 0 }

  var splits: TrackSplits {
    get throws { try TrackSplits(file.tracks) }
  }

  /// Takes a stage through its steps with this run's log and checkpoints.
  func loop<Stage: TrainingStage>(
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
    for warning in found?.warnings ?? [] {
      try await log.record(RunEvent(kind: .warning, step: first, totalSteps: file.training.steps, text: warning))
    }
    if first > 0 { remark?("goes on after \(first) of \(file.training.steps) steps: \(folder.name(stepsDone: first))") }
    let loop = StageLoop(
      cadence: StageLoop.Cadence(
        steps: file.training.steps, evaluateEvery: file.evaluation.every, checkpointEvery: file.training.checkpointEvery),
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

  /// Says of the rollouts of a run that is trained to its end what they are.
  func sealRollouts() throws {
    guard FileManager.default.fileExists(atPath: directory.rolloutsFile) else { return }
    try FileSum.write(for: directory.rolloutsFile)
  }

  /// Steps that the newest sound checkpoint holds.
  func stepsDone() throws -> Int {
    try CheckpointFolder(path: directory.checkpointsFolder).newest()?.checkpoint.stepsDone ?? 0
  }

  /// The rewards with baselines fitted to the training questions, which the run's folder keeps for whoever judges as this run did.
  ///
  /// A run that goes on takes what it kept, so that one run pays by one measure.
  func fitted(_ rewards: RewardSpec, to questions: [Question]) throws -> RewardSpec {
    var rewards = rewards
    var priors = BlindPriors(fittedTo: questions, named: "the training questions of \(file.name)")
    if try stepsDone() > 0, FileManager.default.fileExists(atPath: directory.baselinesFile) {
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

  func encoder() throws -> MusicEncoder {
    try MusicEncoder(decoding: Self.bytes(of: file.encoderFile))
  }

  /// Where this run's tracks are kept for other runs; `nil` where the environment asks for none.
  func trackCache() throws -> TrackCache? {
    TrackCache(encoderFile: try Self.bytes(of: file.encoderFile))
  }

  static func bytes(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: path, message: "there is no such file, or it cannot be read\(WorkingFolder.note(path))")
    }
    return Array(data)
  }
}
