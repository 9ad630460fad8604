import Questions
import Randomness
import Rewards
import Timelines

extension RewardExamination {
  /// Rounding that a promise of equality allows.
  private static var tolerance: Double { 1e-9 }

  /// Random answers to each question for each promise.
  private static var rounds: Int { 20 }

  mutating func examinePromises() {
    for promise in type.documentation.promises.sorted(by: { $0.rawValue < $1.rawValue }) {
      for question in RewardQuestions.all where type.documentation.kinds.contains(question.kind) {
        var stream = RandomStream(seed: seed)
        switch promise {
        case .exactIsBest: examineExact(question)
        case .monotone: for _ in 0..<Self.rounds { examineMonotone(question, &stream) }
        case .duplication, .splitting, .permutation: for _ in 0..<Self.rounds { examineRewriting(promise, question, &stream) }
        }
      }
    }
  }

  /// Where there are several references, or one without any length, the formula says what is best.
  private mutating func examineExact(_ question: Question) {
    guard question.references.count == 1, Self.hasLength(question.references[0]) else { return }
    guard let score = score(question.references[0], to: question) else { return }
    if !(abs(score - reward.range.upperBound) <= Self.tolerance) {
      fail("promise: exact is best", "the reference \(question.references[0]) scores \(score), not \(reward.range.upperBound)")
    }
  }

  private static func hasLength(_ answer: Answer) -> Bool {
    guard case .intervals(let intervals) = answer else { return true }
    return !intervals.isEmpty && intervals.allSatisfy { $0.duration > 0 }
  }

  /// A step towards a single reference never costs anything.
  private mutating func examineMonotone(_ question: Question, _ stream: inout RandomStream) {
    guard question.references.count == 1 else { return }
    let share = stream.uniform()
    func closer(_ time: Double, _ truth: Double) -> Double { time + share * (truth - time) }
    let pair: (far: Answer, near: Answer)
    switch question.references[0] {
    case .instant(let truth):
      let time = stream.uniform(in: 0...question.duration)
      pair = (.instant(time), .instant(closer(time, truth)))
    case .intervals(let truth) where truth.count == 1 && truth[0].duration > 0:
      // One end moves and the other is right: towards the truth means towards a greater overlap.
      let far = stream.uniform(in: 0...truth[0].end)
      pair = (
        .intervals([Interval(far, truth[0].end)]), .intervals([Interval(closer(far, truth[0].start), truth[0].end)])
      )
    default: return
    }
    guard let far = score(pair.far, to: question), let near = score(pair.near, to: question) else { return }
    if near < far - Self.tolerance {
      fail("promise: monotone", "\(pair.near) scores \(near), less than \(far) for \(pair.far), to \(question.references)")
    }
  }

  /// The same time written in another way scores the same.
  private mutating func examineRewriting(_ promise: RewardPromise, _ question: Question, _ stream: inout RandomStream) {
    guard question.kind == .intervals else { return }
    var written = (0..<stream.integer(in: 1...4)).map { _ in RewardQuestions.interval(within: question.duration, &stream) }
    let plain = written
    let chosen = stream.integer(in: 0...written.count - 1)
    switch promise {
    case .duplication: written.append(written[chosen])
    case .splitting:
      let cut = stream.uniform(in: written[chosen].start...written[chosen].end)
      written.append(Interval(cut, written[chosen].end))
      written[chosen] = Interval(written[chosen].start, cut)
    default: written.shuffle(using: &stream)
    }
    guard let before = score(.intervals(plain), to: question), let after = score(.intervals(written), to: question) else {
      return
    }
    if !(abs(after - before) <= Self.tolerance) {
      fail("promise: \(promise.rawValue)", "\(plain) scores \(before), \(written) scores \(after)")
    }
  }
}
