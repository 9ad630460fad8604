public import Options

/// The tasks whose questions an experiment may ask.
public typealias TaskCatalog = Catalog<any BenchmarkTask, any BenchmarkTask>

extension TaskCatalog {
  /// None.
  public init() {
    self.init(
      "task", name: { type(of: $0).name }, summary: { type(of: $0).title }, make: { task, _ in task })
  }

  /// The tasks of MusTBench.
  ///
  /// Kwon et al. 2026, *MusTBench: Benchmarking and Advancing Temporal Grounding in Music LLMs*, arXiv 2605.29300.
  public static var builtIn: TaskCatalog { builtInTasks }
}

/// Add a line here for a new file beside this one.
private let builtInTasks = TaskCatalog().listing([
  TemporalSourceGrounding(),
  LocalTransitionRecognition(),
  TransitionAwareDescription(),
  GlobalTemporalOrdering(),
  MoodTrajectoryReasoning(),
])
