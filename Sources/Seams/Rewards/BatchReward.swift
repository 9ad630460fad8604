/// A reward that is asked for all answers of a step in one call, and may take its time: a learned model, another program, a
/// policy's own outputs on a changed prompt.
///
/// It is handed the questions of its component's tasks and of the kinds in its documentation, a group each. What it throws ends the
/// run, with its name, the question and the remedy in the message; a ``RewardError`` says the last two itself. When its task is
/// cancelled it should stop.
///
/// The score of an answer should depend on its group alone: how a step is cut into batches is not promised. A run that is to resume
/// to the same bytes needs scores that are the same whenever they are asked for.
public protocol BatchReward: Reward {
  /// One score an answer, group after group: finite and inside `range`, or `nil` where the reward does not apply.
  func scores(of batch: RewardBatch) async throws -> [Double?]
}
