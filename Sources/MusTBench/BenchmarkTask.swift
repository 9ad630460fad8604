public import Questions
public import Randomness
public import Timelines

/// One task of MusTBench: what it asks about an annotated track.
///
/// `questions(for:stream:)` is a pure function of the timeline and the stream. A timeline that holds nothing to ask about
/// gives no question. The id of a question begins with the track and the task, and is the same for the same arguments.
public protocol BenchmarkTask: Sendable {
  /// The short name that questions carry in `task`, such as `tsg`.
  static var name: String { get }

  /// The name in words, as the paper has it.
  static var title: String { get }

  func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question]
}
