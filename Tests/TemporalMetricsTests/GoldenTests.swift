import Testing

/// What other implementations answer, line by line.
struct GoldenTests {
  typealias Check = @Sendable (GoldenCase) throws -> Void

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
  static let leftOut: Set = [LeftOut(fn: "meteor-1.5.jar", modules: "exact stem synonym paraphrase")]

  struct LeftOut: Hashable {
    var fn: String
    var modules: String?

    init(fn: String, modules: String?) {
      self.fn = fn
      self.modules = modules
    }

    init(_ line: GoldenCase) {
      self.init(fn: line.fn, modules: line.params.modules.string)
    }
  }

  /// Checks every line; the numbers of lines that were checked and left out.
  private func checkAll(_ lines: [GoldenCase]) throws -> (checked: Int, leftOut: Int) {
    var counts = (checked: 0, leftOut: 0)
    for line in lines {
      if Self.leftOut.contains(LeftOut(line)) {
        counts.leftOut += 1
        continue
      }
      let check = try #require(Self.checks[line.fn], "no check of \(line.fn)")
      try check(line)
      counts.checked += 1
    }
    return counts
  }

  @Test func everyLineAgrees() throws {
    let counts = try checkAll(try GoldenFile.cases("temporal_metrics.jsonl"))
    #expect(counts.checked == 594)
    #expect(counts.leftOut == 27)
  }

  /// The file of the same name where `TAKT_GOLDENS` says, which may hold other lines.
  @Test func everyLineElsewhereAgrees() throws {
    guard let lines = try GoldenFile.externalCases("temporal_metrics.jsonl") else { return }
    let counts = try checkAll(lines)
    #expect(counts.checked + counts.leftOut == lines.count && counts.checked > counts.leftOut)
  }

  @Test func everyRandomTextAgrees() throws {
    let counts = try checkAll(try GoldenFile.cases("meteor15_random.jsonl"))
    #expect(counts.checked == 81)
    #expect(counts.leftOut == 0)
  }

  /// Real annotations of other projects, which are not part of this one: read where `TAKT_GOLDENS` says.
  @Test func everyLineOfRealAnnotationsAgrees() throws {
    guard let lines = try GoldenFile.externalCases("temporal_metrics_annotations.jsonl") else { return }
    let counts = try checkAll(lines)
    #expect(counts.checked == 185)
    #expect(counts.leftOut == 0)
  }
}

/// One check a function of the golden files.
enum GoldenChecks {}
