public import Options

/// The tasks whose questions an experiment may ask.
public typealias TaskCatalog = Catalog<any BenchmarkTask, any BenchmarkTask>

extension TaskCatalog {
  /// None.
  package init() {
    self.init(
      "task", name: { type(of: $0).name }, summary: { type(of: $0).title }, make: { task, _ in task },
      fault: { Self.fault(of: type(of: $0)) })
  }

  /// What keeps a task's answers from being compared.
  private static func fault(of task: any BenchmarkTask.Type) -> String? {
    guard let headline = task.headline else { return "has no headline: list at least one measure in `measures`" }
    return task.measures.contains(headline)
      ? nil
      : "has the headline '\(headline.name)', which is none of its measures: \(task.measures.map(\.name).joined(separator: ", "))"
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
