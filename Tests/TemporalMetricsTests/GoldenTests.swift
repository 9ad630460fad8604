import GoldenLines
import Testing

/// What other implementations answer, line by line.
struct GoldenTests {
  typealias Check = @Sendable (GoldenLine) throws -> Void

  static let checks: [String: Check] = [
    "mir_eval.onset.f_measure": GoldenChecks.onsets,
    "mir_eval.beat.f_measure": GoldenChecks.beatFMeasure,
    "mir_eval.beat.trim_beats+f_measure": GoldenChecks.trimmedBeatFMeasure,
    "mir_eval.beat.others": GoldenChecks.beatMeasures,
    "mir_eval.segment.detection": GoldenChecks.segmentDetection,
    "mir_eval.segment.deviation": GoldenChecks.segmentDeviation,
    "mir_eval.segment.pairwise": GoldenChecks.framePairs,
    "mir_eval.segment.structure_others": GoldenChecks.frameStructure,
    "mir_eval.transcription": GoldenChecks.transcription,
    "mir_eval.util.adjust_intervals": GoldenChecks.adjustment,
    "mir_eval.util.f_measure": GoldenChecks.fMeasure,
    "mir_eval.util.intervals_to_boundaries": GoldenChecks.boundaries,
    "mir_eval.util.match_events": GoldenChecks.matchingSize,
    "sed_eval.EventBasedMetrics": GoldenChecks.eventBased,
    "sed_eval.SegmentBasedMetrics": GoldenChecks.segmentBased,
    "psds_eval.PSDSEval": GoldenChecks.intersectionBased,
    "temporal_iou_union": GoldenChecks.unionOverlap,
    "temporal_span": GoldenChecks.spanOverlap,
    "moment_detr.mr": GoldenChecks.momentRetrieval,
    "must.r_tsg": GoldenChecks.pointScore,
    "must.soft_f1_variants": GoldenChecks.smoothedMasks,
    "hit_at_k_seconds": GoldenChecks.hits,
    "scipy.stats.kendalltau": GoldenChecks.rankCorrelations,
    "order_distance": GoldenChecks.orderDistance,
    "sklearn.metrics.ndcg_score": GoldenChecks.discountedGain,
    "nltk.meteor_score": GoldenChecks.nltkMeteor,
    "nltk.PorterStemmer": GoldenChecks.porterStems,
    "meteor-1.5.jar": GoldenChecks.meteor15,
    "snowball.english": GoldenChecks.snowballStems,
  ]

  /// Lines that this library does not compute: METEOR 1.5 with its synonym and paraphrase tables.
  static func isLeftOut(_ line: GoldenLine) -> Bool {
    line.fn == "meteor-1.5.jar" && line.params.modules.string == "exact stem synonym paraphrase"
  }

  /// Checks every line of a stem in a folder; the numbers of lines that were checked and left out.
  private func checkAll(_ stem: String, in folder: GoldenFolder) throws -> (checked: Int, leftOut: Int) {
    var counts = (checked: 0, leftOut: 0)
    for line in try folder.lines(stem) {
      if Self.isLeftOut(line) {
        counts.leftOut += 1
        continue
      }
      guard let check = Self.checks[line.fn] else {
        Issue.record("\(line.id): no test knows the function \(line.fn)")
        continue
      }
      try check(line)
      line.finish()
      counts.checked += 1
    }
    return counts
  }

  @Test func everyLineAgrees() throws {
    let counts = try checkAll("temporal_metrics", in: .own())
    #expect(counts.checked == 644)
    #expect(counts.leftOut == 27)
  }

  @Test func everyRandomTextAgrees() throws {
    let counts = try checkAll("meteor15_random", in: .own())
    #expect(counts.checked == 81)
    #expect(counts.leftOut == 0)
  }

  /// The files of these names where `TAKT_GOLDENS` says, any lines and any number of them.
  ///
  /// Annotations of other projects are not part of this one.
  @Test(arguments: ["temporal_metrics", "temporal_metrics_annotations"])
  func everyLineElsewhereAgrees(stem: String) throws {
    guard let folder = GoldenFolder.external else { return }
    _ = try checkAll(stem, in: folder)
  }
}

/// One check a function of the golden files.
enum GoldenChecks {}
