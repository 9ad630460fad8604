package import MusTBench
import Options
package import Questions
package import Randomness
package import Timelines

/// What is asked about a track, of all that its source gives or that tasks make of its timeline.
package struct QuestionChoice: Sendable {
  package let tasks: [any BenchmarkTask]
  /// Further tasks, of which there are the questions of a file alone.
  package var ownTasks: [String] = []
  /// Kinds within the tasks, such as `onset`; empty for all.
  package var categories: [String] = []
  /// Seconds between which the times of an answer lie; an answer without times is let be.
  package var times: ClosedRange<Double> = 0...InputLimit.duration

  package init(tasks: [any BenchmarkTask]) {
    self.tasks = tasks
  }

  /// Reads from the section `questions`.
  init(tasks: [any BenchmarkTask], options: inout OptionReader) {
    self.tasks = tasks
    ownTasks = options.words(
      "own-tasks", default: [], help: "names of further tasks, whose questions a file gives (tracks.source: questions)")
    categories = options.words(
      "categories", default: [], help: "kinds of questions that are asked, such as [onset]; empty for all")
    let first = options.number(
      "answers-from", default: 0, in: 0...InputLimit.duration, unit: "s",
      help: "the earliest time of an answer that is asked for")
    let last = options.number(
      "answers-to", default: InputLimit.duration, in: 0...InputLimit.duration, unit: "s",
      help: "the latest time of an answer that is asked for")
    if last < first { options.record("must not lie before 'answers-from' (\(first))", at: "answers-to") }
    times = first...max(first, last)
    let known = Set(tasks.map { type(of: $0).name })
    if let double = ownTasks.first(where: known.contains) {
      options.record("names \(double), which 'tasks' has already", at: "own-tasks")
    }
  }

  package var names: [String] { tasks.map { type(of: $0).name } + ownTasks }

  /// Whether a question of a file is asked.
  func asks(_ question: Question) -> Bool { names.contains(question.task) && holds(question) }

  /// Whether a question of one of the tasks is asked.
  func holds(_ question: Question) -> Bool {
    (categories.isEmpty || categories.contains(question.category)) && question.references.allSatisfy(isWithin)
  }

  private func isWithin(_ answer: Answer) -> Bool {
    switch answer {
    case .instant(let time): times.contains(time)
    case .intervals(let intervals): intervals.allSatisfy { times.contains($0.start) && times.contains($0.end) }
    case .choice, .order, .text: true
    }
  }

  /// The questions of the task at a place in ``names`` about a track.
  ///
  /// - Parameter given: what the track's source asks about it; `nil` where the task makes the questions of the timeline.
  package func questions(
    ofTask place: Int, about timeline: Timeline, given: [Question]?, stream: inout RandomStream
  ) -> [Question] {
    if let given {
      let name = names[place]
      return given.filter { $0.task == name && holds($0) }
    }
    guard place < tasks.count else { return [] }
    return tasks[place].questions(for: timeline, stream: &stream).filter(holds)
  }
}
