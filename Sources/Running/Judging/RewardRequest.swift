import Foundation
import Questions
import Rewards
import Timelines

/// A request to the reward service: completions to be judged, or its state to be read or restored.
struct RewardRequest: Decodable, Sendable {
  /// What a request calls itself, given back as it came.
  enum Name: Codable, Sendable, Hashable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let number = try? value.decode(Int.self) {
        self = .number(number)
      } else if let text = try? value.decode(String.self) {
        self = .text(text)
      } else {
        throw DecodingError.dataCorruptedError(in: value, debugDescription: "must be a string or a whole number")
      }
    }

    func encode(to encoder: any Encoder) throws {
      var value = encoder.singleValueContainer()
      switch self {
      case .number(let number): try value.encode(number)
      case .text(let text): try value.encode(text)
      }
    }
  }

  /// The name alone, of a request whose rest may be wrong.
  struct Named: Decodable {
    let id: Name?
  }

  let id: Name?
  let completions: [String]
  let questions: [Question]?
  let ids: [String]?
  let tokenCounts: [Int?]?
  let truncated: [Bool]?
  let step: Int?
  let steps: Int?
  /// Present where the state is asked for, with what to go on from where it is to be restored.
  let state: [String: Double]??

  private enum CodingKeys: String, CodingKey {
    case id, completions, questions, ids, truncated, step, steps, state
    case tokenCounts = "token_counts"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(Name.self, forKey: .id)
    state = fields.contains(.state) ? .some(try fields.decodeIfPresent([String: Double].self, forKey: .state)) : nil
    if state != nil, fields.contains(.completions) {
      throw DecodingError.dataCorruptedError(
        forKey: .state, in: fields, debugDescription: "stands beside 'completions': send the state in a request of its own")
    }
    completions = state == nil ? try fields.decode([CompletionText?].self, forKey: .completions).map { $0?.text ?? "" } : []
    questions = try fields.decodeIfPresent([Question].self, forKey: .questions)
    ids = try fields.decodeIfPresent([Identifier].self, forKey: .ids)?.map(\.text)
    tokenCounts = try fields.decodeIfPresent([Int?].self, forKey: .tokenCounts)
    truncated = try fields.decodeIfPresent([Bool].self, forKey: .truncated)
    step = try fields.decodeIfPresent(Int.self, forKey: .step)
    steps = try fields.decodeIfPresent(Int.self, forKey: .steps)
  }

  var responses: [Response] {
    completions.indices.map { index in
      Response(
        text: completions[index], tokenCount: tokenCounts.flatMap { $0[index] },
        isTruncated: truncated.map { $0[index] } ?? false)
    }
  }

  /// What is wrong with its numbers, beside its form; `nil` where it can be judged.
  var fault: String? {
    let count = completions.count
    guard count <= InputLimit.completions else {
      return "'completions' holds \(count), more than \(InputLimit.completions): send several requests"
    }
    if questions != nil, ids != nil { return "'questions' stands beside 'ids': give one of them" }
    for (name, length) in [
      ("questions", questions?.count), ("ids", ids?.count), ("token_counts", tokenCounts?.count),
      ("truncated", truncated?.count),
    ] {
      if let length, length != count { return "'\(name)' holds \(length) items for \(count) completions: give one each" }
    }
    if let wrong = tokenCounts?.compactMap({ $0 }).first(where: { !(0...InputLimit.count).contains($0) }) {
      return "'token_counts' holds \(wrong): numbers of tokens lie in 0…\(InputLimit.count)"
    }
    return StepOfRun.fault(step: step, steps: steps)
  }
}

/// A step and the steps of its run, as requests and files give them.
enum StepOfRun {
  /// What is wrong with the two; `nil` where neither is given, or both and in order.
  static func fault(step: Int?, steps: Int?) -> String? {
    if let step, !(0...InputLimit.count).contains(step) { return "'step' is \(step): steps lie in 0…\(InputLimit.count)" }
    if let steps, !(1...InputLimit.count).contains(steps) { return "'steps' is \(steps): a run has 1…\(InputLimit.count)" }
    switch (step, steps) {
    case (let step?, let steps?) where step > steps:
      return "'step' is \(step) in a run of \(steps) 'steps': a run's steps lie in 0…\(steps)"
    case (_?, nil): return "'step' stands without 'steps', the number of the run's steps, which a schedule needs: give both"
    case (nil, _?): return "'steps' stands without 'step': give both"
    default: return nil
    }
  }
}
