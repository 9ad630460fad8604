import MusTBench
import Questions
import Testing
import Timelines

struct TimelineFaultsTests {
  private func song(_ change: (inout Timeline) -> Void) -> [String] {
    var timeline = SampleTimelines.song
    change(&timeline)
    return timeline.faults(knownSources: ["piano", "drums", "bass", "strings"])
  }

  @Test func aSoundTimelineHasNone() {
    #expect(song { _ in } == [])
    for index in 0..<50 { #expect(SampleTimelines.random(index).faults() == []) }
  }

  @Test func unknownAndRepeatedLabelsAreNamed() {
    #expect(
      song { $0.lanes[1].label = "kazoo" }
        == ["'kazoo' is no known instrument; known: piano, drums, bass, strings"])
    #expect(song { $0.lanes[1].label = "piano" } == ["two lanes are labelled 'piano': put their intervals into one"])
    #expect(song { $0.lanes[1].label = "" } == ["a lane has no label"])
  }

  @Test func intervalsLieInsideTheTrackAndApart() {
    #expect(
      song { $0.lanes[3].intervals = [Interval(50, 75)] }
        == ["'strings' is annotated up to 75.0 s, past the end of the track at 60.0 s"])
    #expect(
      song { $0.lanes[3].intervals = [Interval(30, 42), Interval(10, 31)] }
        == ["'strings' has the overlapping intervals 10.0–31.0 s and 30.0–42.0 s"])
    #expect(song { $0.lanes[3].intervals = [Interval(30, 30)] } == ["'strings' has an interval without length at 30.0 s"])
    #expect(song { $0.lanes[3].intervals = [Interval(-3, 30)] } == ["'strings' starts at -3.0 s, before the track does"])
    #expect(song { $0.lanes[3].intervals = [Interval(50, 60.01)] } == [])
  }

  @Test func sectionsCoverTheTrack() {
    #expect(
      song { $0.sections[1].interval = Interval(12, 42) }
        == ["no section covers 10.0–12.0 s: sections follow each other without gaps"])
    #expect(
      song { $0.sections[1].interval = Interval(8, 42) }
        == ["the section 8.0–42.0 s overlaps the one before it, which ends at 10.0 s"])
    #expect(song { $0.sections[2].intensity = 3 } == ["the section 42.0–60.0 s has the intensity 3.0; allowed is 0…1"])
    #expect(song { $0.sections[2].interval = Interval(42, 50) } == ["the last section ends at 50.0 s, the track at 60.0 s"])
    #expect(song { $0.sections = [] } == [])
  }

  @Test func somethingMustChange() {
    let still = Timeline(
      trackID: "still", duration: 30, lanes: [.init(label: "piano", intervals: [Interval(0, 30)])], sections: [])
    #expect(
      still.faults() == ["nothing enters, leaves, rises or falls more than 2.0 s from its ends: there is nothing to ask"])
    #expect(song { $0.duration = 0 } == ["lasts 0.0 s; a track is longer than 0 s"])
  }
}

struct QuestionFaultsTests {
  private func question(text: String = "", _ reference: Answer, duration: Double = 60, choices: [String] = []) -> Question {
    Question(
      id: "q", trackID: "t", task: "tsg", text: text, kind: reference.kind, choices: choices, references: [reference],
      duration: duration)
  }

  @Test func timesPastTheEndAreNamed() {
    #expect(question(.instant(60)).faults == [])
    #expect(question(.instant(61)).faults == ["has the reference 1:01, past the end of the track at 1:00"])
    #expect(question(.intervals([Interval(3, 64)])).faults == ["has the reference 1:04, past the end of the track at 1:00"])
    #expect(
      question(text: "What best describes the musical change at 1:07? the piano enters (A)", .choice(0), choices: ["a"]).faults
        == ["asks about 1:07, past the end of the track at 1:00"])
    #expect(question(text: "at 9:59", .instant(500), duration: .infinity).faults == [])
    #expect(question(text: "at 1:75 and 12", .instant(5)).faults == [])
    #expect(question(.choice(4), choices: ["a", "b"]).faults == ["has the reference E, but 2 options"])
  }
}
