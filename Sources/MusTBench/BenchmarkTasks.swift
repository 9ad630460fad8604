/// The tasks of MusTBench, a file and a line each.
///
/// Kwon et al. 2026, *MusTBench: Benchmarking and Advancing Temporal Grounding in Music LLMs*, arXiv 2605.29300.
public enum BenchmarkTasks {
  public static let all: [any BenchmarkTask] = [
    TemporalSourceGrounding(),
    LocalTransitionRecognition(),
    TransitionAwareDescription(),
    GlobalTemporalOrdering(),
    MoodTrajectoryReasoning(),
  ]

  /// The short names in the order of the list.
  public static var names: [String] { all.map { type(of: $0).name } }

  /// The task with this short name.
  public static subscript(name: String) -> (any BenchmarkTask)? { all.first { type(of: $0).name == name } }
}
