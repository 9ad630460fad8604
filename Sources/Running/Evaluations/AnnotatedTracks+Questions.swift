package import Experiments
import MusTBench
import Options
package import Questions
import Randomness
import Timelines

extension AnnotatedTracks {
  /// Every question of these tasks about every track.
  package func questions(tasks: [String], seed: UInt64, plugins: Plugins = .current) -> [Question] {
    timelines.flatMap { timeline in
      plugins.tasks.questions(about: timeline, tasks: tasks, seed: seed).map { question in
        var question = question
        question.family = families[timeline.trackID] ?? ""
        return question
      }
    }
  }

  /// Those that stay when no answer may be frequent, by `BalancedSelection`.
  ///
  /// A share of 1 without a limit keeps all.
  package func balanced(_ questions: [Question], kept: Double, limit: Int?, seed: UInt64) -> [Question] {
    BalancedSelection(kept: kept, limit: limit).selection(of: questions, stream: RandomStream(seed: seed).derived(0x42414C))
  }
}
