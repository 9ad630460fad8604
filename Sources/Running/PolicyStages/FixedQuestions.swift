package import MusTBench
package import Questions
import Randomness
package import Timelines

/// Every question that some tasks have about some tracks, the same in each run: what held-out scores and baselines stand on.
package enum FixedQuestions {
  /// About the track of this index in its split.
  package static func about(_ timeline: Timeline, index: Int, tasks: [any BenchmarkTask]) -> [Question] {
    var stream = RandomStream(seed: 0x4845_4C44).derived(index)
    return tasks.flatMap { $0.questions(for: timeline, stream: &stream) }
  }

  /// About each track of a split, track by track.
  package static func about(_ timelines: [Timeline], tasks: [any BenchmarkTask]) -> [Question] {
    timelines.enumerated().flatMap { index, timeline in about(timeline, index: index, tasks: tasks) }
  }
}
