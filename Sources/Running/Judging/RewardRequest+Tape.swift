import Files
import Questions
import Timelines

extension RewardRequest: TapeReadable {
  private static let names: [StaticString] = [
    "id", "completions", "questions", "ids", "token_counts", "truncated", "step", "steps", "state",
  ]

  init(tape element: JSONElement, forms: QuestionForms) throws {
    let members = try JSONMembers(element, Self.names)
    guard !members.contains(8) else { throw JSONMembers.Unusual() }
    id = try members.value(0) { $0.int.map(Name.number) ?? $0.string.map(Name.text) }
    guard let completions = try members.value(1, { $0.list { CompletionText(tape: $0)?.text } }) else {
      throw JSONMembers.Unusual()
    }
    self.completions = completions
    questions = try members.value(2) { $0.list { try? Question(tape: $0, forms: forms) } }
    ids = try members.value(3) { $0.list { Identifier(tape: $0)?.text } }
    tokenCounts = try members.value(4) { $0.list { $0.isNull ? .some(nil) : $0.int } }
    truncated = try members.value(5) { $0.list(\.bool) }
    step = try members.int(6)
    steps = try members.int(7)
    state = nil
  }
}
