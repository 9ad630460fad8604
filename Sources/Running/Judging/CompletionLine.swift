import Files
import Questions
import Rewards
import Timelines

/// A line of a file of completions: `{id, completion, token_count?, truncated?, step?, steps?}`.
struct CompletionLine: Sendable {
  var id: String
  /// Whether the id was a number, and is written as one.
  var isNumbered: Bool
  var completion: String
  var tokenCount: Int?
  var isTruncated: Bool
  var step: Int?
  var steps: Int?

  var response: Response { Response(text: completion, tokenCount: tokenCount, isTruncated: isTruncated) }
}

extension CompletionLine: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id, completion, text, truncated, step, steps
    case tokenCount = "token_count"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(Identifier.self, forKey: .id).text
    isNumbered = (try? fields.decode(String.self, forKey: .id)) == nil
    let key = !fields.contains(.completion) && fields.contains(.text) ? CodingKeys.text : .completion
    guard fields.contains(key) else { throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "")) }
    completion = try fields.decodeIfPresent(CompletionText.self, forKey: key)?.text ?? ""
    tokenCount = try fields.decodeIfPresent(Int.self, forKey: .tokenCount)
    isTruncated = try fields.decodeIfPresent(Bool.self, forKey: .truncated) ?? false
    step = try fields.decodeIfPresent(Int.self, forKey: .step)
    steps = try fields.decodeIfPresent(Int.self, forKey: .steps)
    if let tokenFault {
      throw DecodingError.dataCorruptedError(forKey: .tokenCount, in: fields, debugDescription: tokenFault)
    }
    if let fault = StepOfRun.fault(step: step, steps: steps) {
      throw DecodingError.dataCorruptedError(forKey: .step, in: fields, debugDescription: fault)
    }
  }

  /// What is wrong with the number of tokens.
  private var tokenFault: String? {
    guard let tokenCount, !(0...InputLimit.count).contains(tokenCount) else { return nil }
    return "'token_count' is \(tokenCount): numbers of tokens lie in 0…\(InputLimit.count)"
  }
}

extension CompletionLine: TapeReadable {
  private static let names: [StaticString] = ["id", "completion", "text", "token_count", "truncated", "step", "steps"]

  init(tape element: JSONElement, forms: QuestionForms) throws {
    let members = try JSONMembers(element, Self.names)
    let text = members.contains(1) ? 1 : 2
    guard let id = try members.value(0, Identifier.init(tape:)), members.contains(text) else { throw JSONMembers.Unusual() }
    self.id = id.text
    isNumbered = members[0]?.int != nil
    completion = try members.value(text, CompletionText.init(tape:))?.text ?? ""
    tokenCount = try members.int(3)
    isTruncated = try members.bool(4) ?? false
    step = try members.int(5)
    steps = try members.int(6)
    if tokenFault != nil || StepOfRun.fault(step: step, steps: steps) != nil { throw JSONMembers.Unusual() }
  }
}
