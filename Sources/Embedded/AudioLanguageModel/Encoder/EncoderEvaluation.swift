package import Tensors
package import Timelines
import Work

/// How well an encoder hears what timelines say.
///
/// Events are local maxima of a probability of at least 0.4; a found and a true event match within a tolerance, each once.
/// F1 is 2·matched / (found + true), 1 where there is neither. Counts run over all tracks before the ratio is taken.
package struct EncoderEvaluation: Sendable, Hashable {
  /// Transitions within half a second.
  package var transitionF1: Double
  /// Entries and exits of each instrument within a second.
  package var boundaryF1: Double
  /// Frames in which each instrument plays, at probability 0.5.
  package var activityF1: Double
  /// Concordance of the signed change of intensity, and of its level; of an encoder that hears notes, of the levels
  /// that these were cut into: on an excerpt those of the excerpt, which differ from the piece's however well it hears.
  package var intensityChangeConcordance: Double
  package var intensityLevelConcordance: Double
  /// Which of these are over something: events that were found or true, frames whose intensity is known.
  package private(set) var measured: Set<Measure> = []

  /// Its name in logs.
  package enum Measure: String, Sendable, CaseIterable {
    case transitionF1 = "transition_f1"
    case boundaryF1 = "boundary_f1"
    case activityF1 = "activity_f1"
    case intensityChange = "intensity_change_ccc"
    case intensityLevel = "intensity_level_ccc"
  }

  /// By name; what would be over nothing is absent.
  package var metrics: [String: Double] {
    let values: [Measure: Double] = [
      .transitionF1: transitionF1, .boundaryF1: boundaryF1, .activityF1: activityF1,
      .intensityChange: intensityChangeConcordance, .intensityLevel: intensityLevelConcordance,
    ]
    return Dictionary(uniqueKeysWithValues: values.filter { measured.contains($0.key) }.map { ($0.key.rawValue, $0.value) })
  }

  static let threshold: Float = 0.4
  static let transitionTolerance = 0.5
  static let boundaryTolerance = 1.0

  /// Listens to every track and compares.
  ///
  /// Throws `.badSpectrogram`.
  package init(
    of encoder: MusicEncoder, on tracks: [(spectrogram: Tensor, timeline: Timeline)], threads: Int = availableThreads
  ) throws(MusicEncoderError) {
    let audio = try encoder.encode(
      tracks.map { ($0.timeline.trackID, $0.timeline.duration, $0.spectrogram) }, threads: threads)
    self.init(audio, tracks.map(\.timeline), heads: encoder.configuration.heads)
  }

  /// Compares what was heard with the timelines, track by track.
  package init(_ audio: [EncodedAudio], _ timelines: [Timeline], heads: EncoderHeads) {
    precondition(audio.count == timelines.count, "one timeline a track")
    var (transitions, boundaries, activity) = (MatchCounts(), MatchCounts(), MatchCounts())
    var (change, level) = (ConcordanceStatistics(), ConcordanceStatistics())
    for (audio, timeline) in zip(audio, timelines) {
      let events = TimelineEvents(timeline, heads: heads)
      let targets = EncoderTargets(timeline, heads: heads, frames: audio.heads.rows)
      transitions.add(
        found: Self.peaks(audio.heads, heads.transition), truth: events.transitions, tolerance: Self.transitionTolerance)
      for (column, truth) in zip(heads.entries.lowerBound..<heads.exits.upperBound, events.entries + events.exits) {
        boundaries.add(found: Self.peaks(audio.heads, column), truth: truth, tolerance: Self.boundaryTolerance)
      }
      for row in 0..<audio.heads.rows {
        for column in heads.activity {
          activity.add(found: audio.heads[row, column] >= 0.5, truth: targets.values[row, column] > 0)
        }
        guard targets.hasChanges else { continue }
        change.add(Double(audio.heads[row, heads.intensityChange]), Double(targets.values[row, heads.intensityChange]))
        level.add(Double(audio.heads[row, heads.intensityLevel]), Double(targets.values[row, heads.intensityLevel]))
      }
    }
    (transitionF1, boundaryF1, activityF1) = (transitions.f1, boundaries.f1, activity.f1)
    (intensityChangeConcordance, intensityLevelConcordance) = (change.coefficient, level.coefficient)
    let events: [Measure: MatchCounts] = [.transitionF1: transitions, .boundaryF1: boundaries, .activityF1: activity]
    for (measure, counts) in events where counts.found + counts.truth > 0 { measured.insert(measure) }
    if change.count > 0 { measured.formUnion([.intensityChange, .intensityLevel]) }
  }

  /// Times, in seconds, at which a column has a maximum among its neighbours of two frames, and at least the threshold.
  package static func peaks(_ heads: Tensor, _ column: Int) -> [Double] {
    let rate = Double(MusicEncoderConfiguration.framesPerSecond)
    return (0..<heads.rows).compactMap { row in
      let value = heads[row, column]
      guard value >= threshold else { return nil }
      let before = (max(0, row - 2)..<row).allSatisfy { heads[$0, column] < value }
      let after = (row + 1..<max(row + 1, min(heads.rows, row + 3))).allSatisfy { heads[$0, column] <= value }
      return before && after ? Double(row) / rate : nil
    }
  }
}

/// Found, true and matched events.
package struct MatchCounts: Sendable, Hashable {
  package private(set) var found = 0
  package private(set) var truth = 0
  package private(set) var matched = 0

  package init() {}

  /// Matches two ascending lists within a tolerance in seconds: the largest number of pairs, each event in one at most.
  package mutating func add(found times: [Double], truth: [Double], tolerance: Double) {
    found += times.count
    self.truth += truth.count
    var (i, j) = (0, 0)
    while i < times.count, j < truth.count {
      if abs(times[i] - truth[j]) <= tolerance {
        matched += 1
        i += 1
        j += 1
      } else if times[i] < truth[j] {
        i += 1
      } else {
        j += 1
      }
    }
  }

  /// Counts one yes-or-no decision.
  package mutating func add(found isFound: Bool, truth isTrue: Bool) {
    found += isFound ? 1 : 0
    truth += isTrue ? 1 : 0
    matched += isFound && isTrue ? 1 : 0
  }

  package var f1: Double { found + truth == 0 ? 1 : 2 * Double(matched) / Double(found + truth) }
}
