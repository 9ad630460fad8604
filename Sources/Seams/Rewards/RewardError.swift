import Questions

/// Why a reward could not score, with the remedy.
public struct RewardError: Error, Sendable, Hashable, CustomStringConvertible {
  public var message: String
  /// Id of the question, where it is about one.
  package var question: String?
  package var remedy: String?

  public init(_ message: String, question: String? = nil, remedy: String? = nil) {
    self.message = message
    self.question = question
    self.remedy = remedy
  }

  public var description: String {
    (question.map { "question '\($0)': " } ?? "") + message + (remedy.map { "; \($0)" } ?? "")
  }

  /// What component `label` threw while it scored `batch`.
  init(of label: String, _ type: any Reward.Type, on batch: RewardBatch, _ error: any Error) {
    let own = error as? RewardError
    let name = label == type.name ? "'\(label)'" : "'\(label)' (\(type.name))"
    let first = batch.groups.first.map { "'\($0.question.id)' of the track '\($0.question.trackID)'" } ?? "none"
    let place =
      own?.question.map { "the question '\($0)'" }
      ?? "\(batch.count) answers to \(batch.groups.count) questions from \(first) on"
    self.init(
      "the reward \(name) failed on \(place): \(own?.message ?? "\(error)")", question: nil,
      remedy: own?.remedy
        ?? "see to what it asks and go on from the last checkpoint, or take it out of `rewards`")
  }
}
