import Experiments
import Questions

/// The questions of a request, one a completion: its own, or places among those that were loaded.
enum RequestedQuestions: Sendable {
  case given([Question])
  case loaded(KeyedQuestions, [Int])

  var all: [Question] {
    switch self {
    case .given(let questions): questions
    case .loaded(let keyed, let places): places.map { keyed.all[$0] }
    }
  }

  /// Calls `body` without a copy of the question.
  @inline(__always)
  func with<Result>(_ index: Int, _ body: (Question) throws -> Result) rethrows -> Result {
    switch self {
    case .given(let questions): try body(questions[index])
    case .loaded(let keyed, let places): try body(keyed.all[places[index]])
    }
  }
}
