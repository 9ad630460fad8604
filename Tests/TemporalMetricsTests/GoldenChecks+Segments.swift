import GoldenLines
import TemporalMetrics
import Testing
import Timelines

extension GoldenChecks {
  private struct Reversed: Error {}

  static func interval(_ pair: GoldenValue) throws -> Interval {
    let (start, end) = (try #require(pair[0].number), try #require(pair[1].number))
    guard let interval = Interval(start: start, end: end) else { throw Reversed() }
    return interval
  }

  private static func segmentation(_ intervals: GoldenValue, _ labels: GoldenValue) throws -> Segmentation {
    Segmentation(intervals: try intervals.array.map(interval), labels: labels.strings)
  }

  /// Runs `body` on both sides; where it throws, `expected` must be an error.
  private static func measuring(
    _ line: GoldenLine, _ body: (_ reference: Segmentation, _ estimated: Segmentation) throws -> Void
  ) {
    let expected = line.expected
    do {
      let reference = try segmentation(line.input.reference, line.input.reference_labels)
      let estimated = try segmentation(line.input.estimated, line.input.estimated_labels)
      try body(reference, estimated)
      #expect(expected.error.isNull, "\(line.id) should have been refused")
    } catch {
      let parts = expected.error.isNull ? Array(expected.object.values) : [expected]
      #expect(!parts.isEmpty, "\(line.id)")
      for part in parts { #expect(part.error.string == "ValueError", "\(line.id): \(error)") }
    }
  }

  static func segmentDetection(_ line: GoldenLine) throws {
    let window = try #require(line.params.window.number)
    let trimmed = try line.params.trim.flag()
    measuring(line) {
      check(
        try SegmentDetection.score(reference: $0, estimated: $1, window: window, trimmed: trimmed), line.expected, line)
    }
  }

  static func segmentDeviation(_ line: GoldenLine) throws {
    let trimmed = try line.params.trim.flag()
    measuring(line) {
      let deviation = try SegmentDetection.deviation(reference: $0, estimated: $1, trimmed: trimmed)
      line.check(deviation?.referenceToEstimated, line.expected.reference_to_estimated, "to the estimate")
      line.check(deviation?.estimatedToReference, line.expected.estimated_to_reference, "to the reference")
    }
  }

  static func framePairs(_ line: GoldenLine) throws {
    let frameSize = try #require(line.params.frame_size.number)
    measuring(line) {
      check(try FrameClustering(reference: $0, estimated: $1, frameSize: frameSize).pairwise, line.expected, line)
    }
  }

  static func frameStructure(_ line: GoldenLine) throws {
    let frameSize = try #require(line.params.frame_size.number)
    let expected = line.expected
    measuring(line) {
      let frames = try FrameClustering(reference: $0, estimated: $1, frameSize: frameSize)
      let conditional = frames.normalizedConditionalEntropy
      line.check(conditional.precision, expected.nce.over, "over-segmentation")
      line.check(conditional.recall, expected.nce.under, "under-segmentation")
      line.check(conditional.fMeasure(), expected.nce.f_measure, "NCE F")
      check(frames.vMeasure, expected.vmeasure, line, "V")
      line.check(frames.randIndex, expected.rand_index, "Rand")
      line.check(frames.adjustedRandIndex, expected.ari, "ARI")
      let mutual = frames.mutualInformation
      line.check(mutual.information, expected.mutual_information.mi, "MI")
      line.check(mutual.adjusted, expected.mutual_information.ami, "AMI")
      line.check(mutual.normalized, expected.mutual_information.nmi, "NMI")
    }
  }

  static func adjustment(_ line: GoldenLine) throws {
    let adjusted = try segmentation(line.input.intervals, line.input.labels)
      .adjusted(from: line.params.t_min.number, to: line.params.t_max.number)
    #expect(adjusted.labels == line.expected.labels.strings, "\(line.id)")
    #expect(
      adjusted.intervals.map { [$0.start, $0.end] } == line.expected.intervals.array.map(\.numbers), "\(line.id)")
  }

  static func boundaries(_ line: GoldenLine) throws {
    line.params.q.expect(5)
    let intervals = try line.input.intervals.array.map { pair in
      // The order of the two ends does not matter to boundaries.
      let ends = try [#require(pair[0].number), #require(pair[1].number)].sorted()
      return Interval(ends[0], ends[1])
    }
    #expect(Segmentation(intervals: intervals).boundaries() == line.expected.boundaries.numbers, "\(line.id)")
  }

  static func transcription(_ line: GoldenLine) throws {
    var metric = NoteTranscription()
    metric.onsetTolerance = try #require(line.params.onset_tolerance.number)
    metric.pitchTolerance = try #require(line.params.pitch_tolerance.number)
    metric.offsetRatio = line.params.offset_ratio.number
    metric.minimumOffsetTolerance = try #require(line.params.offset_min_tolerance.number)
    metric.isStrict = try line.params.strict.flag()
    let expected = line.expected
    do {
      let reference = try notes(line.input.reference, line.input.reference_hz)
      let estimated = try notes(line.input.estimated, line.input.estimated_hz)
      let score = try metric.score(reference: reference, estimated: estimated)
      check(score.precisionRecall, expected.overall, line, "notes")
      line.check(score.averageOverlapRatio, expected.overall.avg_overlap_ratio, "overlap")
      check(try metric.onsetScore(reference: reference, estimated: estimated), expected.onset_only, line, "onsets")
      check(try metric.offsetScore(reference: reference, estimated: estimated), expected.offset_only, line, "offsets")
    } catch {
      for part in [expected.overall, expected.onset_only, expected.offset_only] {
        #expect(part.error.string == "ValueError", "\(line.id): \(error)")
      }
    }
  }

  private static func notes(_ intervals: GoldenValue, _ frequencies: GoldenValue) throws -> [Note] {
    try zip(intervals.array, frequencies.numbers).map { Note(interval: try interval($0), frequency: $1) }
  }
}
