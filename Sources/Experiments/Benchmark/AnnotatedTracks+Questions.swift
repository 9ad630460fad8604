import MusTBench
public import Questions
import Randomness

extension AnnotatedTracks {
  /// Every question of these tasks about every track.
  public func questions(tasks: [String], seed: UInt64) -> [Question] {
    timelines.flatMap { BenchmarkTasks.questions(about: $0, tasks: tasks, seed: seed) }
  }

  /// Those that stay when no answer may be frequent, by `BalancedSelection`.
  ///
  /// A share of 1 without a limit keeps all.
  public func balanced(_ questions: [Question], kept: Double, limit: Int?, seed: UInt64) -> [Question] {
    BalancedSelection(kept: kept, limit: limit).selection(of: questions, stream: RandomStream(seed: seed).derived(0x42414C))
  }
}
