/// A reward that sees all answers to one question at once, such as how much they differ or how they rank.
///
/// A pure function, as a ``TemporalReward`` is: the same group gives the same scores. Scores are finite and inside `range`, or
/// `nil` where the reward does not apply; a wrong number of them, or one outside, ends the run with words.
///
/// - A group of one occurs (a greedy completion, one question in a file): it needs a stated value too.
/// - Demonstrations are judged beside the sampled answers of their group, whose own scores do not know of them.
/// - With a baseline, each blind answer is judged as a group of its own.
public protocol GroupReward: Reward {
  /// One score an answer, in order.
  func scores(of group: RewardGroup) -> [Double?]
}
