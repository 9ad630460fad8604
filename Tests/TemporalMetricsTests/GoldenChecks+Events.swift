import GoldenLines
import TemporalMetrics
import Testing

extension GoldenChecks {
  /// The events of both sides; `nil` where they cannot be measured, which the line must expect.
  private static func events(_ line: GoldenLine) -> (reference: EventTimes, estimated: EventTimes)? {
    do {
      let sides = (try EventTimes(line.input.reference.numbers), try EventTimes(line.input.estimated.numbers))
      #expect(line.expected.error.isNull, "\(line.id) should have been refused")
      return sides
    } catch {
      #expect(line.expected.error.string == "ValueError", "\(line.id): \(error)")
      return nil
    }
  }

  static func check(_ score: PrecisionRecall?, _ expected: GoldenValue, _ line: GoldenLine, _ what: String = "") {
    let beta = line.params.beta.number ?? 1
    line.check(score?.precision, expected.precision, "\(what) precision")
    line.check(score?.recall, expected.recall, "\(what) recall")
    line.check(score?.fMeasure(beta: beta), expected.f_measure, "\(what) F")
  }

  static func onsets(_ line: GoldenLine) throws {
    guard let (reference, estimated) = events(line) else { return }
    let window = try #require(line.params.window.number)
    check(OnsetDetection.score(reference: reference, estimated: estimated, window: window), line.expected, line)
  }

  static func matchingSize(_ line: GoldenLine) throws {
    guard let (reference, estimated) = events(line) else { return }
    let window = try #require(line.params.window.number)
    let size = EventMatching.size(reference: reference, estimated: estimated, window: window)
    line.check(Double(size), line.expected.size, "size")
  }

  static func fMeasure(_ line: GoldenLine) throws {
    let score = PrecisionRecall(
      precision: try #require(line.input.precision.number), recall: try #require(line.input.recall.number))
    line.check(score.fMeasure(beta: try #require(line.params.beta.number)), line.expected.f_measure, "F")
  }

  static func beatFMeasure(_ line: GoldenLine) throws {
    guard let (reference, estimated) = events(line) else { return }
    let window = try #require(line.params.f_measure_threshold.number)
    line.check(
      BeatMetrics.fMeasure(reference: reference, estimated: estimated, window: window), line.expected.f_measure, "F")
  }

  static func trimmedBeatFMeasure(_ line: GoldenLine) throws {
    guard let (reference, estimated) = events(line) else { return }
    let start = try #require(line.params.min_beat_time.number)
    let trimmed = (reference.trimmed(before: start), estimated.trimmed(before: start))
    let window = try #require(line.params.f_measure_threshold.number)
    line.check(Double(trimmed.0.count), line.expected.n_reference, "references")
    line.check(Double(trimmed.1.count), line.expected.n_estimated, "estimates")
    line.check(
      BeatMetrics.fMeasure(reference: trimmed.0, estimated: trimmed.1, window: window), line.expected.f_measure, "F")
  }

  static func beatMeasures(_ line: GoldenLine) throws {
    guard let (reference, estimated) = events(line) else { return }
    let cemgil = BeatMetrics.cemgil(reference: reference, estimated: estimated)
    line.check(cemgil.score, line.expected.cemgil[0], "Cemgil")
    line.check(cemgil.best, line.expected.cemgil[1], "best Cemgil")
    line.check(BeatMetrics.goto(reference: reference, estimated: estimated), line.expected.goto, "Goto")
    line.check(BeatMetrics.pScore(reference: reference, estimated: estimated), line.expected.p_score, "P-score")
    let continuity = BeatMetrics.continuity(reference: reference, estimated: estimated)
    line.check(continuity.correctLevelContinuous, line.expected.continuity[0], "CMLc")
    line.check(continuity.correctLevelTotal, line.expected.continuity[1], "CMLt")
    line.check(continuity.anyLevelContinuous, line.expected.continuity[2], "AMLc")
    line.check(continuity.anyLevelTotal, line.expected.continuity[3], "AMLt")
    line.check(
      BeatMetrics.informationGain(reference: reference, estimated: estimated), line.expected.information_gain, "gain")
  }
}
