public import Options
public import Questions
import Randomness
public import Timelines

extension TaskCatalog {
  /// All questions of these tasks about a track, a function of the arguments and nothing else: neither the other tracks nor the other
  /// tasks play a part.
  ///
  /// Traps for a task that is not in the list.
  public func questions(about timeline: Timeline, tasks: [String]? = nil, seed: UInt64) -> [Question] {
    (tasks ?? names).flatMap { name -> [Question] in
      guard let index = names.firstIndex(of: name) else { preconditionFailure("no task is named \(name)") }
      var stream = RandomStream(seed: seed).derived(TrackSplit.hash(timeline.trackID), UInt64(index))
      return all[index].questions(for: timeline, stream: &stream)
    }
  }
}
