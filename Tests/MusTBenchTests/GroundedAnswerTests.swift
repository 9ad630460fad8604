import MusTBench
import Options
import Questions
import Testing
import Timelines

struct GroundedAnswerTests {
  @Test func theOracleAnswersEveryTaskRight() {
    for timeline in [SampleTimelines.song] + (0..<30).map(SampleTimelines.random) {
      for question in TaskCatalog.builtIn.questions(about: timeline, seed: 3) {
        let answer = GroundedAnswer.answer(to: question, from: TimelineKnowledge(timeline))
        let text = GroundedAnswer.text(of: answer, to: question)
        let score = QuestionScore(of: AnswerReader(AnswerForm(question)).read(text), to: question)
        let isExact = score.values.allSatisfy { $0.value == 1 }
        // METEOR's penalty for chunks keeps a perfect match just below 1.
        let isText = (score.values[.meteor] ?? 0) > 0.99
        #expect(isExact || isText, "\(question.text) \(question.choices): \(text), \(question.references)")
      }
    }
  }

  @Test func timesAreKnownToThePrecisionOfTheAnnotationAndWrittenInWholeSeconds() throws {
    let questions = TaskCatalog.builtIn.questions(about: SampleTimelines.song, tasks: ["tsg"], seed: 0)
    let bass = try #require(questions.first { $0.id.hasSuffix("offset/bass") })
    let answer = GroundedAnswer.answer(to: bass, from: TimelineKnowledge(SampleTimelines.song))
    #expect(answer == .instant(20.6))
    #expect(GroundedAnswer.text(of: answer, to: bass) == "0:21")
  }

  @Test func whatCannotBeUnderstoodHasNoAnswer() {
    let question = Question(
      id: "q", trackID: "t", task: "tsg", text: "Why?", kind: .instant, references: [.instant(3)], duration: 60)
    #expect(GroundedAnswer.answer(to: question, from: TimelineKnowledge(SampleTimelines.song)) == nil)
    #expect(GroundedAnswer.text(of: nil, to: question) == "")
  }

  @Test func questionsDoNotDependOnOtherTasks() {
    let all = TaskCatalog.builtIn.questions(about: SampleTimelines.song, seed: 3)
    for name in TaskCatalog.builtIn.names {
      #expect(
        TaskCatalog.builtIn.questions(about: SampleTimelines.song, tasks: [name], seed: 3) == all.filter { $0.task == name })
    }
    #expect(all != TaskCatalog.builtIn.questions(about: SampleTimelines.song, seed: 4))
  }
}

struct AskedEventTests {
  @Test(arguments: [
    ("When does the piano first start to play?", AskedEvent.onset("piano")),
    ("When does the lead vocal first start to play?", .onset("lead vocal")),
    ("When does the strings finally stop playing?", .offset("strings")),
    ("When does the piano first enter?", .onset("piano")),
    ("when do the drums drop out", .offset("drums")),
    ("At what time does the drum come in?", .onset("drums")),
    ("When does the kazoo enter?", .onset("kazoo")),
    ("When does the vocal finally disappear?", .offset("vocal")),
    ("When is(are) the highest arousal duration(s) in this audio?", .extreme(highest: true)),
    ("Where is the energy lowest?", .extreme(highest: false)),
    ("When is the music most intense?", .extreme(highest: true)),
  ])
  func wordingsAreUnderstood(text: String, event: AskedEvent) {
    #expect(AskedEvent(parsing: text, sources: ["piano", "drums", "strings", "vocal"]) == event)
  }

  @Test(arguments: [
    "Describe the musical change at 0:20.", "What is the piano?", "When?", "When does the piano sound sad?", "",
  ])
  func otherQuestionsAreNot(text: String) {
    #expect(AskedEvent(parsing: text, sources: ["piano"]) == nil)
  }

  @Test func theWordingIsTheBenchmarks() {
    for timeline in (0..<5).map(SampleTimelines.random) {
      for question in TaskCatalog.builtIn.questions(about: timeline, tasks: ["tsg", "mtr"], seed: 0) {
        #expect(AskedEvent(parsing: question.text)?.wording == question.text)
      }
    }
  }

  @Test func transitionsAreReadAsTheyAreWritten() {
    for change in Transition.Change.allCases {
      for source in ["piano", "drums", "intensity", "lead vocal", "bass"] {
        let event = Transition.Event(change: change, source: source)
        #expect(Transition.Event(parsing: event.text) == event)
      }
    }
    #expect(Transition.Event(parsing: "the piano plays") == nil)
    #expect(Transition.Event(parsing: "the enters") == nil)
  }
}
