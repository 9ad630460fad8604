import Questions
import Rewards

/// The composition in the course of a file: as the loop does, it judges the lines of one step with one state and observes them before
/// the next.
struct ScoringCourse {
  private var rewards: RewardSpec
  private let adapts: Bool
  private var step: Int?
  private var steps: Int?
  private var highest: Int?
  private(set) var goesBack = false
  private var observed: [(reading: Reading, question: Question)] = []
  private var lacksStep = false
  private var lacksTokens = false

  init(_ rewards: RewardSpec) {
    self.rewards = rewards
    adapts = !rewards.state.isEmpty
  }

  /// Whether any line had a step.
  var isUnderWay: Bool { highest != nil }

  var lacking: Set<RewardNeed> {
    var lacking: Set<RewardNeed> = []
    if lacksStep { lacking.insert(.step) }
    if lacksTokens { lacking.insert(.tokenCount) }
    return lacking
  }

  /// To be called with each line in order.
  mutating func begin(_ line: ScoredLine) {
    if line.step != step || line.steps != steps {
      for (reading, question) in observed { rewards.observe(reading, to: question) }
      observed = []
      (step, steps) = (line.step, line.steps)
      if let step, let steps {
        rewards.begin(step: step, of: steps)
        goesBack = goesBack || step < highest ?? 0
        highest = max(step, highest ?? 0)
      }
    }
    if line.step == nil { lacksStep = true }
    if !line.hasTokens { lacksTokens = true }
  }

  mutating func judge(_ line: CompletionLine, _ reading: Reading, _ question: Question) -> Judgement {
    let judgement = rewards.judge(reading, in: line.response, to: question)
    if step != nil, adapts { observed.append((reading, question)) }
    return judgement
  }
}
