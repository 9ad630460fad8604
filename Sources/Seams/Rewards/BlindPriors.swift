import Files
package import Questions
import Timelines

/// What is usual in a set of questions, task by task and category by category: what baselines subtract beside the blind answers that
/// need no data.
///
/// It depends on the questions alone, not on their order, and reads back from JSON to the last bit. A run keeps its own, so that whoever
/// judges with the same composition elsewhere pays the same.
package struct BlindPriors: Sendable, Hashable, Codable {
  /// What the questions were, in words: a run's training questions, or a file.
  package var source: String
  package var questionCount: Int
  /// FNV-1a of what the questions are and ask, 16 hexadecimal digits: equal for the same questions in any order.
  package var checksum: String
  var priors: [String: BlindAnswers.Prior]

  private static let version = 1

  package init(fittedTo questions: [Question], named source: String) {
    self.source = source
    questionCount = questions.count
    checksum = Self.checksum(of: questions)
    priors = BlindAnswers.priors(of: questions)
  }

  /// What they were fitted to, for messages.
  package var description: String {
    "\(questionCount) question\(questionCount == 1 ? "" : "s") of \(source) (checksum \(checksum))"
  }

  private enum CodingKeys: String, CodingKey {
    case version, checksum, priors
    case source = "fitted_to"
    case questionCount = "questions"
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let version = try fields.decode(Int.self, forKey: .version)
    guard version == Self.version else {
      throw DecodingError.dataCorruptedError(
        forKey: .version, in: fields,
        debugDescription: "version \(version) of baselines is not known; this Takt reads \(Self.version)")
    }
    source = try fields.decode(String.self, forKey: .source)
    questionCount = try fields.decode(Int.self, forKey: .questionCount)
    checksum = try fields.decode(String.self, forKey: .checksum)
    priors = try fields.decode([String: BlindAnswers.Prior].self, forKey: .priors)
    for (key, prior) in priors {
      if let fault = prior.fault {
        throw DecodingError.dataCorruptedError(forKey: .priors, in: fields, debugDescription: "the prior of '\(key)' \(fault)")
      }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(Self.version, forKey: .version)
    try fields.encode(source, forKey: .source)
    try fields.encode(questionCount, forKey: .questionCount)
    try fields.encode(checksum, forKey: .checksum)
    try fields.encode(priors, forKey: .priors)
  }

  /// Answers count as they are written in files, so that a question that was stored and read again is the same.
  static func checksum(of questions: [Question]) -> String {
    let lines = questions.map { question -> String in
      let writer = AnswerWriter(AnswerForm(question))
      let parts = [
        question.id, question.trackID, question.task, question.category, question.kind.rawValue, "\(question.duration)",
      ]
      return (parts + question.items + question.references.map { writer.write($0) }).joined(separator: "\u{1F}")
    }
    return FNV1a(lines.sorted().joined(separator: "\n").utf8).hexadecimal
  }
}

extension BlindAnswers.Prior: Codable {
  private enum CodingKeys: String, CodingKey { case seconds, shares, spans, choice, places }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    seconds = try fields.decodeIfPresent([Double].self, forKey: .seconds) ?? []
    shares = try fields.decodeIfPresent([Double].self, forKey: .shares) ?? []
    spans = try fields.decodeIfPresent([[Double]].self, forKey: .spans) ?? []
    choice = try fields.decodeIfPresent(Int.self, forKey: .choice)
    places = try fields.decodeIfPresent([String: Double].self, forKey: .places) ?? [:]
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    if !seconds.isEmpty { try fields.encode(seconds, forKey: .seconds) }
    if !shares.isEmpty { try fields.encode(shares, forKey: .shares) }
    if !spans.isEmpty { try fields.encode(spans, forKey: .spans) }
    try fields.encodeIfPresent(choice, forKey: .choice)
    if !places.isEmpty { try fields.encode(places, forKey: .places) }
  }

  /// What no fit can have given; `nil` where all is in order.
  var fault: String? {
    if !seconds.allSatisfy((0...InputLimit.duration).contains) {
      return "holds a time outside 0…\(InputLimit.duration) s"
    }
    // A reference may lie past the end of its track; how far is bounded by the two limits.
    if !shares.allSatisfy({ $0 >= 0 && $0.isFinite }) { return "holds a share of the track below 0" }
    if !spans.joined().allSatisfy((0...1).contains) || !spans.allSatisfy({ $0.count % 2 == 0 && $0.count <= 200 }) {
      return "holds spans that are no pairs of shares in 0…1"
    }
    if let choice, !(0..<InputLimit.items).contains(choice) {
      return "holds the choice \(choice), outside 0…\(InputLimit.items - 1)"
    }
    if !places.values.allSatisfy((0...1).contains) { return "holds a place outside 0…1" }
    return nil
  }
}
