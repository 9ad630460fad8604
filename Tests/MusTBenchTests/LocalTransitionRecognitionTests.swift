import MusTBench
import Questions
import Randomness
import Testing
import Timelines

struct LocalTransitionRecognitionTests {
  private func questions(_ timeline: Timeline, seed: UInt64 = 3) -> [Question] {
    var stream = RandomStream(seed: seed)
    return LocalTransitionRecognition().questions(for: timeline, stream: &stream)
  }

  private func rightText(_ question: Question) -> String {
    guard case .choice(let index) = question.references.first else { return "" }
    return question.choices[index]
  }

  @Test func asksAboutEachChangeAtItsTime() {
    let found = questions(SampleTimelines.song)
    #expect(
      found.map(\.id) == [
        "song/ltr/0:10/drums-enter", "song/ltr/0:10/intensity-rise", "song/ltr/0:21/bass-leave", "song/ltr/0:30/strings-enter",
        "song/ltr/0:42/strings-leave", "song/ltr/0:42/intensity-fall",
      ])
    #expect(
      found.map(rightText) == [
        "the drums enter", "the intensity rises", "the bass leaves", "the strings enter", "the strings leave",
        "the intensity falls",
      ])
    #expect(found.map(\.category) == ["enter", "rise", "leave", "enter", "leave", "fall"])
  }

  @Test func theTextNamesTheOptionsBeforeTheirLetters() throws {
    let question = try #require(questions(SampleTimelines.song).first)
    let listed = zip(question.choices, ["A", "B", "C", "D"]).map { "\($0) (\($1))" }.joined(separator: ", ")
    #expect(question.text == "What best describes the musical change at 0:10? \(listed)")
  }

  @Test func wrongOptionsDoNotHappenNearTheTimeAsked() {
    for seed in 0..<20 {
      for question in questions(SampleTimelines.song, seed: UInt64(seed)) {
        #expect(Set(question.choices).count == 4)
        if question.id.contains("0:10") {
          let trueThen = question.choices.filter { ["the drums enter", "the intensity rises"].contains($0) }
          #expect(trueThen == [rightText(question)])
        }
      }
    }
  }

  @Test func eventsFromElsewhereInTheTrackComeFirst() throws {
    let bass = try #require(questions(SampleTimelines.song).first { $0.id.contains("bass") })
    let elsewhere: Set = [
      "the piano enters", "the piano leaves", "the drums enter", "the drums leave", "the bass enters", "the strings enter",
      "the strings leave", "the intensity rises", "the intensity falls",
    ]
    #expect(bass.choices.filter { $0 != "the bass leaves" }.allSatisfy(elsewhere.contains))
  }

  @Test func lettersAreRightEvenly() {
    var counts = [0, 0, 0, 0]
    for index in 0..<200 {
      for question in questions(SampleTimelines.random(index), seed: UInt64(index)) {
        if case .choice(let letter) = question.references.first { counts[letter] += 1 }
      }
    }
    let mean = Double(counts.reduce(0, +)) / 4
    #expect(mean > 300)
    for count in counts { #expect(abs(Double(count) - mean) < 0.08 * mean, "\(counts)") }
  }

  @Test func aSingleSourceGivesTooFewOptions() {
    let solo = Timeline(trackID: "s", duration: 30, lanes: [.init(label: "piano", intervals: [Interval(5, 20)])], sections: [])
    #expect(questions(solo).isEmpty)
  }
}
