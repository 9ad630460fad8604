import Foundation
import GoldenLines
import MaskOracle
import TemporalMetrics
import Testing
import Timelines

extension GoldenChecks {
  private static func soundEvents(_ rows: GoldenValue) throws -> [SoundEvent] {
    try rows.array.map { SoundEvent(interval: try interval($0), label: try #require($0[2].string)) }
  }

  static func eventBased(_ line: GoldenLine) throws {
    let params = line.params
    let detection = EventBasedDetection(
      collar: try #require(params.t_collar.number), lengthShare: try #require(params.percentage_of_length.number),
      evaluatesOnset: try params.evaluate_onset.flag(), evaluatesOffset: try params.evaluate_offset.flag(),
      matching: params.event_matching_type.string == "greedy" ? .greedy : .optimal)
    let reference = try soundEvents(line.input.reference)
    let estimated = try soundEvents(line.input.estimated)
    let counts = detection.counts(reference: reference, estimated: estimated)
    line.check(Double(counts.references), line.expected.Nref, "references")
    line.check(Double(counts.estimates), line.expected.Nsys, "estimates")
    line.check(Double(counts.truePositives), line.expected.Ntp, "true positives")
    line.check(Double(counts.falsePositives), line.expected.Nfp, "false positives")
    line.check(Double(counts.falseNegatives), line.expected.Nfn, "false negatives")
    line.check(Double(counts.substitutions), line.expected.Nsubs, "substitutions")
    checkRates(counts, line)
    let labels = params.event_label_list.strings
    let average = detection.classWiseFMeasure(reference: reference, estimated: estimated, labels: labels)
    line.check(average, line.expected.class_wise_average_f, "class-wise F")
  }

  static func segmentBased(_ line: GoldenLine) throws {
    let detection = SegmentBasedDetection(
      labels: line.params.event_label_list.strings, resolution: try #require(line.params.time_resolution.number))
    let counts = try detection.counts(
      reference: try soundEvents(line.input.reference), estimated: try soundEvents(line.input.estimated),
      length: line.params.evaluated_length_seconds.number)
    line.check(Double(counts.references), line.expected.Nref, "references")
    line.check(Double(counts.estimates), line.expected.Nsys, "estimates")
    line.check(Double(counts.truePositives), line.expected.Ntp, "true positives")
    line.check(Double(counts.trueNegatives), line.expected.Ntn, "true negatives")
    line.check(Double(counts.falsePositives), line.expected.Nfp, "false positives")
    line.check(Double(counts.falseNegatives), line.expected.Nfn, "false negatives")
    line.check(Double(counts.substitutions), line.expected.S, "substitutions")
    line.check(Double(counts.deletions), line.expected.D, "deletions")
    line.check(Double(counts.insertions), line.expected.I, "insertions")
    line.check(counts.accuracy, line.expected.accuracy, "accuracy")
    checkRates(counts, line)
  }

  private static func checkRates(_ counts: SoundEventCounts, _ line: GoldenLine) {
    line.check(counts.precision, line.expected.precision, "precision")
    line.check(counts.recall, line.expected.recall, "recall")
    line.check(counts.fMeasure, line.expected.f_measure, "F")
    line.check(counts.errorRate, line.expected.error_rate, "error rate")
  }

  static func unionOverlap(_ line: GoldenLine) throws {
    func set(_ rows: GoldenValue) -> IntervalSet {
      IntervalSet(rows.array.compactMap { try? interval($0) })
    }
    line.params.rule.expect(
      "drop intervals with end<=start; merge overlapping or touching; measure on the merged sets; null where 0/0")
    let overlap = IntervalOverlap(predicted: set(line.input.predicted), reference: set(line.input.reference))
    line.check(overlap.intersection, line.expected.intersection, "intersection")
    line.check(overlap.union, line.expected.union, "union")
    line.check(overlap.predicted, line.expected.pred_length, "predicted length")
    line.check(overlap.reference, line.expected.ref_length, "reference length")
    line.check(overlap.iou, line.expected.iou, "IoU")
    line.check(overlap.precision, line.expected.precision, "precision")
    line.check(overlap.recall, line.expected.recall, "recall")
    line.check(overlap.f1, line.expected.f1, "F1")
    let exact = line.expected.iou_exact.string?.split(separator: "/").compactMap { Double($0) } ?? []
    if exact.count == 2 {
      let iou = try #require(overlap.iou)
      #expect(abs(iou - exact[0] / exact[1]) <= line.tolerance, "\(line.id) exact IoU")
    }
  }

  static func spanOverlap(_ line: GoldenLine) throws {
    let overlap = SpanOverlap(predicted: try interval(line.input.predicted), reference: try interval(line.input.reference))
    line.check(overlap.iou, line.expected.iou, "IoU")
    line.check(overlap.hullIoU, line.expected.hull_iou, "hull IoU")
    line.check(overlap.generalizedIoU, line.expected.giou, "GIoU")
    line.check(overlap.generalizedIoU.map { 0.5 * (1 + $0) }, line.expected.giou01, "GIoU in 0…1")
  }

  static func momentRetrieval(_ line: GoldenLine) throws {
    line.params.iou_thresholds.expect("0.50..0.95 step 0.05")
    line.params.max_pred_windows.expect(10)
    var queries: [MomentRetrieval.Query] = []
    for (truth, answer) in zip(line.input.ground_truth.array, line.input.submission.array) {
      try #require(truth.qid.number == answer.qid.number)
      queries.append(
        MomentRetrieval.Query(
          references: try truth.relevant_windows.array.map(interval),
          predictions: try answer.pred_relevant_windows.array.map {
            MomentRetrieval.Prediction(window: try interval($0), score: try #require($0[2].number))
          }))
    }
    var precisions: [Double] = []
    for threshold in MomentRetrieval.thresholds {
      let precision = try #require(MomentRetrieval.meanAveragePrecision(queries, threshold: threshold))
      precisions.append(precision)
      line.check(percent(precision), line.expected.mAP["\(threshold)"], "mAP@\(threshold)")
      let recall = try #require(MomentRetrieval.recallAtOne(queries, threshold: threshold))
      line.check(percent(recall), line.expected.R1["\(threshold)"], "R1@\(threshold)")
    }
    line.check(percent(precisions.reduce(0, +) / 10), line.expected.mAP.average, "mean mAP")
  }

  /// A share in percent with two decimals, as the script prints it.
  private static func percent(_ share: Double) -> Double? { Double(String(format: "%.2f", 100 * share)) }

  static func smoothedMasks(_ line: GoldenLine) throws {
    line.params.grid.expect("1 s bins 0..T inclusive, both ends of each interval set to 1")
    line.params.filter.expect("scipy.ndimage.gaussian_filter1d(sigma=15, truncate=4.0) i.e. radius 60")
    let duration = try #require(line.input.duration.number)
    for edges in SmoothedMask.Edges.allCases {
      let predicted = SmoothedMask(try line.input.predicted.array.map(interval), duration: duration, edges: edges)
      let reference = SmoothedMask(try line.input.reference.array.map(interval), duration: duration, edges: edges)
      let expected = line.expected[edges.rawValue]
      line.check(predicted.minimumF1(with: reference), expected.soft_f1_min, "\(edges) minimum")
      line.check(predicted.squaredDice(with: reference), expected.dice_squared, "\(edges) Dice")
      line.check(predicted.productF1(with: reference), expected.soft_f1_product, "\(edges) product")
    }
  }

  static func hits(_ line: GoldenLine) throws {
    line.params.tolerance.expect("inclusive, abs(pred-ref)<=k in IEEE double")
    line.params.missing_prediction.expect("counts as a miss")
    let predicted = line.input.predicted.optionalNumbers
    let reference = line.input.reference.numbers
    let tolerance = try #require(line.params.k.number)
    let hits = zip(predicted, reference).map { HitRate.hit($0, reference: $1, within: tolerance) }
    #expect(hits == line.expected.hits.array.compactMap(\.bool), "\(line.id)")
    line.check(HitRate.rate(predicted, references: reference, within: tolerance), line.expected.hit_rate, "rate")
  }

  static func pointScore(_ line: GoldenLine) throws {
    var score = MusTPointScore()
    score.scale = try #require(line.params.scale.number)
    score.outOfTrack = try #require(line.params.out_of_range.number)
    score.unreadable = try #require(line.params.bad_format.number)
    let predicted = line.input.predicted.number
    let answer = try line.input.format_ok.flag() ? predicted : nil
    let value = score.score(
      answer, reference: try #require(line.input.reference.number), duration: try #require(line.input.duration.number))
    line.check(value, line.expected.reward, "reward")
  }
}

extension GoldenChecks {
  static func intersectionBased(_ line: GoldenLine) throws {
    line.params.counts.expect("rows detected class, columns true class, last column = false positives (world)")
    let labels = line.params.classes.strings
    let detection = IntersectionBasedDetection(
      labels: labels, detectionThreshold: try #require(line.params.dtc.number),
      referenceThreshold: try #require(line.params.gtc.number),
      crossTriggerThreshold: try #require(line.params.cttc.number))
    func events(_ rows: GoldenValue, in file: String) throws -> [SoundEvent] {
      try rows.array.filter { $0[0].string == file }.map { row in
        let interval = Interval(try #require(row[1].number), try #require(row[2].number))
        return SoundEvent(interval: interval, label: try #require(row[3].string))
      }
    }
    let files = try line.input.durations.object.map { name, duration in
      IntersectionBasedDetection.File(
        reference: try events(line.input.ground_truth, in: name), estimated: try events(line.input.detections, in: name),
        duration: try #require(duration.number))
    }
    guard line.expected.error.isNull else {
      #expect(line.expected.error.string == "PSDSEvalError")
      #expect(throws: AnnotationError.self, "\(line.id)") { try detection.counts(files) }
      return
    }
    let counts = try detection.counts(files)
    let rows = zip(counts.table, counts.falsePositives).map { ($0 + [$1]).map(Double.init) }
    // The last row stands for what was not detected, which is counted nowhere.
    let undetected = Array(repeating: 0.0, count: labels.count + 1)
    #expect(rows + [undetected] == line.expected.counts.matrix, "\(line.id)")
    line.check(counts.macroFMeasure, line.expected.macro_f, "macro F")
    for (index, label) in labels.enumerated() {
      line.check(counts.fMeasures[index], line.expected.class_f[label], "F of \(label)")
      line.check(counts.truePositiveRatios[index], line.expected.tp_ratio[index], "true positives of \(label)")
      line.check(counts.falsePositiveRates[index], line.expected.fp_per_hour[index], "false positives of \(label)")
    }
  }
}
