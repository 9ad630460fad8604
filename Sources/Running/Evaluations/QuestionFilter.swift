import MusTBench
package import Questions
import Randomness

/// Which questions stay: those that meet every condition.
package struct QuestionFilter: Sendable {
  /// Task names; empty for all.
  package var tasks: [String] = []
  package var categories: [String] = []
  /// Tracks, or pieces for all of their excerpts.
  package var tracks: [String] = []
  /// Parts of ``TrackSplit/standard``.
  package var parts: [String] = []
  /// Length of the track in seconds.
  package var durations: ClosedRange<Double> = 0...Double.infinity
  /// Words that the question holds, case aside.
  package var text = ""
  /// Most questions of each task, drawn by `seed`; `nil` for all.
  package var perTask: Int?
  package var seed: UInt64 = 0

  package init() {}

  /// The questions that stay, in their order.
  package func selection(of questions: [Question]) -> [Question] {
    let kept = questions.filter { question in
      (tasks.isEmpty || tasks.contains(question.task)) && (categories.isEmpty || categories.contains(question.category))
        && (tracks.isEmpty || tracks.contains(question.trackID) || tracks.contains(TrackSplit.piece(ofTrack: question.trackID)))
        && (parts.isEmpty || parts.contains(TrackSplit.standard.part(of: question)))
        && durations.contains(question.duration) && (text.isEmpty || question.text.lowercased().contains(text.lowercased()))
    }
    guard let perTask else { return kept }
    var drawn: Set<String> = []
    for (number, group) in Dictionary(grouping: kept, by: \.task).sorted(by: { $0.key < $1.key }).enumerated() {
      var stream = RandomStream(seed: seed).derived(0x46494C, number)
      drawn.formUnion(group.value.map(\.id).shuffled(using: &stream).prefix(perTask))
    }
    return kept.filter { drawn.contains($0.id) }
  }
}
