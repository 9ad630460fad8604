import ExperimentKinds
import MusTBench
package import Questions
import Randomness
package import Timelines
package import Tracks

/// Every question that may be asked about some tracks, the same in each run: what held-out scores and baselines stand on.
package enum FixedQuestions {
  /// About the track of this index in its split.
  ///
  /// - Parameter given: what the track's source asks about it; `nil` where tasks make the questions.
  package static func about(
    _ timeline: Timeline, index: Int, choice: QuestionChoice, given: [Question]? = nil
  ) -> [Question] {
    var stream = RandomStream(seed: 0x4845_4C44).derived(index)
    return choice.names.indices.flatMap { choice.questions(ofTask: $0, about: timeline, given: given, stream: &stream) }
  }

  /// About each track of a split, track by track.
  static func about<Track: HeardTrack>(_ tracks: RunTracks<Track>, choice: QuestionChoice) -> [Question] {
    tracks.tracks.enumerated().flatMap { index, track in
      about(track.timeline, index: index, choice: choice, given: tracks.questions(index))
    }
  }

  /// About each track of a source, whose timelines these are.
  package static func about(_ timelines: [Timeline], of source: any TrackSource, choice: QuestionChoice) throws -> [Question] {
    try timelines.enumerated().flatMap { index, timeline in
      about(timeline, index: index, choice: choice, given: try source.questions(index))
    }
  }
}
