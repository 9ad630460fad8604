public import ExperimentKinds
public import MusTBench
public import Policies
public import Training

/// A stage that trains a policy, of whatever kind.
public protocol PolicyStageKind: StageKind {
  var answering: AnsweringOptions { get }

  /// Throws, with the remedy, where an open policy cannot do what the stage needs of it.
  func check(_ policy: some TrainablePolicy) throws

  /// Takes a policy through the stage.
  func train<Loaded: LoadedPolicy>(_ policy: PolicyRun<Loaded>, in run: some StageRun) async throws -> StageLoop.Ending
}

extension PolicyStageKind {
  public var policy: (any PolicyKind)? { answering.trained.policy }
  public var tasks: [any BenchmarkTask] { answering.tasks }
  public var taskNames: [String] { answering.choice.names }
  public var resamples: Int { answering.resamples }
  public var files: [(key: String, path: String)] { answering.trained.policy.files }
  public var exportFile: String { answering.trained.exportFile }

  public func check(_ policy: some TrainablePolicy) throws {}

  public func run(_ run: some StageRun) async throws -> StageLoop.Ending {
    try await self.run(run, isScoredAgain: false)
  }

  public func scoreAgain(_ run: some StageRun) async throws -> StageLoop.Ending {
    try await self.run(run, isScoredAgain: true)
  }

  /// The one place where it matters what kind a policy is: from here on its type is known.
  private func run(_ run: some StageRun, isScoredAgain: Bool) async throws -> StageLoop.Ending {
    func open<Kind: PolicyKind>(_ kind: Kind) async throws -> StageLoop.Ending {
      let loaded = try await kind.open(run.resources)
      defer { loaded.close() }
      try check(loaded.policy)
      let policy = PolicyRun(loaded, answering, run.resources)
      return isScoredAgain ? try await policy.scoreAgain(self, in: run) : try await policy.learn(self, in: run)
    }
    var (steps, starts) = (-1, 0)
    while true {
      do {
        return try await open(answering.trained.policy)
      } catch let error as PolicyError where error.code == .stateLost {
        // Another instance answers: the run goes on with it from its checkpoint, unless it gets nowhere.
        let now = try run.stepsDone
        starts = now > steps ? 0 : starts + 1
        guard starts < 3 else { throw error }
        steps = now
        run.resources.remark?(
          "\(error.message) The run goes on from \(now > 0 ? "its checkpoint after \(now) steps" : "its start")")
      } catch let error as PolicyError where error.code == .backendFailure {
        guard let steps = try? run.stepsDone, steps > 0 else { throw error }
        let next = "\nThe run goes on from its checkpoint after \(steps) steps when it is started again."
        throw PolicyError(error.code, error.message + next, cause: error.cause)
      }
    }
  }
}

extension StageKind {
  /// What it asks: that of a stage that trains a policy, else all that its tasks ask.
  package var choice: QuestionChoice { (self as? any PolicyStageKind)?.answering.choice ?? QuestionChoice(tasks: tasks) }
}
