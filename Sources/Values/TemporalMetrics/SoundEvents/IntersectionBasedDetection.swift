import Timelines

/// Detections judged by how much of them lies on references, whatever the number of pieces: the criteria of PSDS at one
/// operating point.
///
/// With overlaps summed over all events of the class in the file: a detection is valid where the references cover at least
/// `detectionThreshold` of it, otherwise it is a false positive; a reference is found where the valid detections cover at least
/// `referenceThreshold` of it. A false positive covered by another class to at least `crossTriggerThreshold` is a cross-trigger
/// of that class too. All bounds are inclusive.
///
/// Bilen et al. 2020, *A Framework for the Robust Evaluation of Sound Event Detection*; agrees with `psds_eval` 0.5.3. The
/// area under the curve over operating points is not computed here.
public struct IntersectionBasedDetection: Sendable, Hashable {
  public var labels: [String]
  public var detectionThreshold: Double
  public var referenceThreshold: Double
  public var crossTriggerThreshold: Double

  public init(
    labels: [String], detectionThreshold: Double = 0.5, referenceThreshold: Double = 0.5, crossTriggerThreshold: Double = 0.3
  ) {
    self.labels = labels
    self.detectionThreshold = detectionThreshold
    self.referenceThreshold = referenceThreshold
    self.crossTriggerThreshold = crossTriggerThreshold
  }

  /// One file: what sounds in it, what was detected, and its length in seconds.
  public struct File: Sendable, Hashable {
    public var reference: [SoundEvent]
    public var estimated: [SoundEvent]
    public var duration: Double

    public init(reference: [SoundEvent], estimated: [SoundEvent], duration: Double) {
      self.reference = reference
      self.estimated = estimated
      self.duration = duration
    }
  }

  /// Counts over all files.
  ///
  /// Throws where a label is not evaluated, an event has no length, or two events of one class overlap.
  public func counts(_ files: [File]) throws(AnnotationError) -> IntersectionCounts {
    var counts = IntersectionCounts(labelCount: labels.count)
    for file in files {
      try check(file.reference, side: "reference")
      try check(file.estimated, side: "detection")
      add(file, to: &counts)
    }
    return counts
  }

  private func add(_ file: File, to counts: inout IntersectionCounts) {
    counts.duration += file.duration
    let references = labels.map { label in file.reference.filter { $0.label == label }.map(\.interval) }
    for (row, label) in labels.enumerated() {
      let detections = file.estimated.filter { $0.label == label }.map(\.interval)
      let isValid = detections.map { Self.reaches(Self.cover(of: $0, by: references[row]), detectionThreshold) }
      let valid = zip(detections, isValid).compactMap { $1 ? $0 : nil }
      counts.references[row] += references[row].count
      counts.table[row][row] += references[row].count { Self.reaches(Self.cover(of: $0, by: valid), referenceThreshold) }
      for detection in zip(detections, isValid).compactMap({ $1 ? nil : $0 }) {
        counts.falsePositives[row] += 1
        for column in labels.indices where column != row {
          if Self.reaches(Self.cover(of: detection, by: references[column]), crossTriggerThreshold) {
            counts.table[row][column] += 1
          }
        }
      }
    }
  }

  /// What is not touched at all reaches no threshold, 0 included, as in psds_eval.
  private static func reaches(_ cover: Double, _ threshold: Double) -> Bool { cover > 0 && cover >= threshold }

  /// Share of an interval that others, disjoint among themselves, cover.
  private static func cover(of interval: Interval, by others: [Interval]) -> Double {
    others.reduce(0) { $0 + interval.overlap(with: $1) / interval.duration }
  }

  private func check(_ events: [SoundEvent], side: String) throws(AnnotationError) {
    for (index, event) in events.enumerated() {
      guard labels.contains(event.label) else {
        throw AnnotationError(
          .unknownLabel, "\(side) \(index) is labelled “\(event.label)”; allowed are \(labels.joined(separator: ", "))")
      }
      guard event.interval.duration > 0 else {
        throw AnnotationError(.empty, "\(side) \(index) starts and ends at \(event.interval.start) s; drop it")
      }
    }
    for label in labels {
      let sorted = events.filter { $0.label == label }.map(\.interval).sorted { $0.start < $1.start }
      for (interval, next) in zip(sorted, sorted.dropFirst()) where next.start < interval.end {
        throw AnnotationError(
          .overlapping, "two \(side)s of “\(label)” overlap at \(next.start) s; merge them or cut one")
      }
    }
  }
}

/// What `IntersectionBasedDetection` counts.
public struct IntersectionCounts: Sendable, Hashable {
  /// Found references on the diagonal; elsewhere cross-triggers, a row the detected label, a column the label that sounds.
  public internal(set) var table: [[Int]]
  /// Detections of each label that are not valid, cross-triggers included.
  public internal(set) var falsePositives: [Int]
  public internal(set) var references: [Int]
  /// Seconds of all files.
  public internal(set) var duration = 0.0

  init(labelCount: Int) {
    table = Array(repeating: Array(repeating: 0, count: labelCount), count: labelCount)
    falsePositives = Array(repeating: 0, count: labelCount)
    references = falsePositives
  }

  /// Share of each label's references that are found, 0…1; `nil` without a reference.
  public var truePositiveRatios: [Double?] {
    references.indices.map { references[$0] > 0 ? Double(table[$0][$0]) / Double(references[$0]) : nil }
  }

  /// False positives an hour, of each label.
  public var falsePositiveRates: [Double] { falsePositives.map { Double($0) / (duration / 3600) } }

  /// 2·TP/(2·TP + FP + FN) of each label; `nil` without a true positive, where `psds_eval` divides 0 by 0.
  public var fMeasures: [Double?] {
    references.indices.map { label in
      let found = table[label][label]
      guard found > 0 else { return nil }
      return 2 * Double(found) / Double(found + falsePositives[label] + references[label])
    }
  }

  /// Mean of the F-measures that exist, so a label without a true positive vanishes instead of lowering it; `nil` where none
  /// exists.
  public var macroFMeasure: Double? {
    let measures = fMeasures.compactMap { $0 }
    return measures.isEmpty ? nil : measures.reduce(0, +) / Double(measures.count)
  }
}
