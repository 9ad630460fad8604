import Timelines

/// Detections judged event by event: right where label, onset and offset agree.
///
/// An onset agrees where |Δ| ≤ collar, an offset where |Δ| ≤ max(collar, share of the reference's length), in double arithmetic
/// without rounding, inclusive.
public struct EventBasedDetection: Sendable, Hashable {
  public enum Matching: Sendable, Hashable {
    /// As many pairs as can be.
    case optimal
    /// Each reference, in the order given, takes the first free estimate.
    case greedy
  }

  /// Seconds.
  public var collar: Double
  /// Share of the reference's length by which offsets may differ, 0…1.
  public var lengthShare: Double
  public var evaluatesOnset: Bool
  public var evaluatesOffset: Bool
  public var matching: Matching

  /// Traps where neither end is evaluated.
  public init(
    collar: Double = 0.2, lengthShare: Double = 0.5, evaluatesOnset: Bool = true, evaluatesOffset: Bool = true,
    matching: Matching = .optimal
  ) {
    precondition(evaluatesOnset || evaluatesOffset, "an event is judged by its onset, its offset or both")
    self.collar = collar
    self.lengthShare = lengthShare
    self.evaluatesOnset = evaluatesOnset
    self.evaluatesOffset = evaluatesOffset
    self.matching = matching
  }

  /// Counts over all labels of one file.
  ///
  /// A reference and an estimate left over that agree in time are a substitution.
  public func counts(reference: [SoundEvent], estimated: [SoundEvent]) -> SoundEventCounts {
    let pairs = matched(reference, estimated) { $0.label == $1.label && agreeInTime($0, $1) }
    let found = Set(pairs.map(\.left))
    let used = Set(pairs.map(\.right))
    let missed = reference.indices.filter { !found.contains($0) }.map { reference[$0] }
    let spare = estimated.indices.filter { !used.contains($0) }.map { estimated[$0] }
    var counts = SoundEventCounts()
    counts.substitutions = Self.greedyPairs(missed, spare, where: agreeInTime).count
    counts.truePositives = pairs.count
    counts.references = reference.count
    counts.estimates = estimated.count
    counts.falsePositives = estimated.count - pairs.count - counts.substitutions
    counts.falseNegatives = reference.count - pairs.count - counts.substitutions
    counts.deletions = counts.falseNegatives
    counts.insertions = counts.falsePositives
    return counts
  }

  /// Counts of one label of one file; there is nothing to substitute.
  public func counts(reference: [SoundEvent], estimated: [SoundEvent], label: String) -> SoundEventCounts {
    counts(reference: reference.filter { $0.label == label }, estimated: estimated.filter { $0.label == label })
  }

  /// Mean F-measure over labels that have both a reference and an estimate; `nil` where none has.
  ///
  /// As in `sed_eval`, a label without any estimate has no F-measure and vanishes from the mean, instead of lowering it.
  public func classWiseFMeasure(reference: [SoundEvent], estimated: [SoundEvent], labels: [String]) -> Double? {
    let measures = labels.compactMap { counts(reference: reference, estimated: estimated, label: $0).fMeasure }
    return measures.isEmpty ? nil : measures.reduce(0, +) / Double(measures.count)
  }

  private func agreeInTime(_ reference: SoundEvent, _ estimate: SoundEvent) -> Bool {
    let tolerance = max(collar, lengthShare * reference.interval.duration)
    return (!evaluatesOnset || abs(reference.interval.start - estimate.interval.start) <= collar)
      && (!evaluatesOffset || abs(reference.interval.end - estimate.interval.end) <= tolerance)
  }

  private func matched(
    _ reference: [SoundEvent], _ estimated: [SoundEvent], where agree: (SoundEvent, SoundEvent) -> Bool
  ) -> [(left: Int, right: Int)] {
    switch matching {
    case .greedy: Self.greedyPairs(reference, estimated, where: agree)
    case .optimal:
      BipartiteMatching(leftCount: reference.count, rightCount: estimated.count) {
        agree(reference[$0], estimated[$1])
      }.pairs
    }
  }

  private static func greedyPairs(
    _ reference: [SoundEvent], _ estimated: [SoundEvent], where agree: (SoundEvent, SoundEvent) -> Bool
  ) -> [(left: Int, right: Int)] {
    var isUsed = Array(repeating: false, count: estimated.count)
    var pairs: [(left: Int, right: Int)] = []
    for (left, event) in reference.enumerated() {
      guard let right = estimated.indices.first(where: { !isUsed[$0] && agree(event, estimated[$0]) }) else { continue }
      isUsed[right] = true
      pairs.append((left, right))
    }
    return pairs
  }
}
