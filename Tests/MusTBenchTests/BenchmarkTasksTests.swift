import MusTBench
import Options
import Questions
import Randomness
import Testing
import Timelines

struct BenchmarkTasksTests {
  private func questions(_ task: any BenchmarkTask, _ index: Int) -> [Question] {
    var stream = RandomStream(seed: 7).derived(index)
    return task.questions(for: SampleTimelines.random(index), stream: &stream)
  }

  @Test func theFiveTasksAreListedOnce() {
    #expect(TaskCatalog.builtIn.names == ["tsg", "ltr", "tad", "gto", "mtr"])
    for task in TaskCatalog.builtIn.all {
      #expect(TaskCatalog.builtIn[type(of: task).name].map { type(of: $0) == type(of: task) } == true)
    }
    #expect(TaskCatalog.builtIn["other"] == nil)
  }

  @Test func sameStreamGivesTheSameQuestions() {
    for task in TaskCatalog.builtIn.all {
      for index in 0..<20 { #expect(questions(task, index) == questions(task, index)) }
    }
  }

  @Test func everyReferenceIsWrittenInThePrescribedFormAndReadBack() {
    for task in TaskCatalog.builtIn.all {
      for index in 0..<50 {
        for question in questions(task, index) {
          let form = AnswerForm(question)
          for reference in question.references {
            let reading = AnswerReader(form).read(AnswerWriter(form).write(reference))
            #expect(reading.answer == reference && reading.isStrict, "\(question.id)")
          }
        }
      }
    }
  }

  @Test func idsAreUniqueAndQuestionsBelongToTheirTrackAndTask() {
    for task in TaskCatalog.builtIn.all {
      for index in 0..<50 {
        let all = questions(task, index)
        #expect(Set(all.map(\.id)).count == all.count)
        #expect(all.allSatisfy { $0.trackID == "t\(index)" && $0.id.hasPrefix("t\(index)/\(type(of: task).name)/") })
      }
    }
  }

  @Test func anEmptyTrackHasNothingToAsk() {
    let silence = Timeline(trackID: "s", duration: 30, lanes: [], sections: [])
    for task in TaskCatalog.builtIn.all {
      var stream = RandomStream(seed: 1)
      #expect(task.questions(for: silence, stream: &stream).isEmpty)
    }
  }
}
