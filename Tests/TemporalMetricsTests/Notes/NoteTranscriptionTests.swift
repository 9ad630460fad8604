import TemporalMetrics
import Testing
import Timelines

struct NoteTranscriptionTests {
  private let note = Note(interval: Interval(1, 2), frequency: 440)

  @Test func aDifferenceOfExactlyTheToleranceIsWithinUnlessStrict() throws {
    let late = Note(interval: Interval(1.05, 2), frequency: 440)
    var metric = NoteTranscription()
    #expect(try metric.score(reference: [note], estimated: [late]).precisionRecall.fMeasure() == 1)
    metric.isStrict = true
    #expect(try metric.score(reference: [note], estimated: [late]).precisionRecall.fMeasure() == 0)
  }

  @Test func offsetsMayDifferByAShareOfTheReference() throws {
    let short = Note(interval: Interval(1, 1.75), frequency: 440)
    var metric = NoteTranscription()
    #expect(try metric.score(reference: [note], estimated: [short]).precisionRecall.recall == 0)
    #expect(try metric.offsetScore(reference: [short], estimated: [note]).recall == 0)
    metric.offsetRatio = nil
    let score = try metric.score(reference: [note], estimated: [short])
    #expect(score.precisionRecall.recall == 1 && score.averageOverlapRatio == 0.75)
  }

  @Test func aSemitoneIsAnotherNote() throws {
    let sharp = Note(interval: Interval(1, 2), frequency: 466.16)
    #expect(try NoteTranscription().score(reference: [note], estimated: [sharp]).precisionRecall.recall == 0)
    #expect(try NoteTranscription().onsetScore(reference: [note], estimated: [sharp]).recall == 1)
  }

  @Test func refusesNotesWithoutPitchOrLength() {
    let silent = Note(interval: Interval(1, 2), frequency: 0)
    let flat = Note(interval: Interval(1, 1), frequency: 440)
    #expect(throws: AnnotationError.self) { try NoteTranscription().score(reference: [silent], estimated: [note]) }
    #expect(throws: AnnotationError.self) { try NoteTranscription().onsetScore(reference: [note], estimated: [flat]) }
  }
}
