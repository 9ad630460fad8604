package import Questions
import Timelines

/// Answers questions from what is known of a track, by fixed rules.
///
/// - TSG: the entry or exit of the source that the text names.
/// - LTR: the option with the most evidence at the time that the text names; of equals the first.
/// - TAD: the events near that time, in MusTBench's wording.
/// - GTO: the three events by their times; those without a time come last.
/// - MTR: where the intensity is extreme.
package enum GroundedAnswer {
  /// The answer to the precision of the knowledge; `nil` where the question cannot be understood or nothing is known.
  package static func answer(to question: Question, from knowledge: some TrackKnowledge) -> Answer? {
    switch question.kind {
    case .instant:
      switch AskedEvent(parsing: question.text) {
      case .onset(let source): return knowledge.entry(of: source).map { .instant($0) }
      case .offset(let source): return knowledge.exit(of: source).map { .instant($0) }
      case .extreme, nil: return nil
      }
    case .intervals:
      guard case .extreme(let highest) = AskedEvent(parsing: question.text) else { return nil }
      return .intervals(knowledge.extreme(highest: highest))
    case .choice:
      return question.items.isEmpty ? option(of: question, knowledge) : order(of: question, knowledge)
    case .text:
      guard let time = Question.times(in: question.text).first else { return nil }
      return .text(TransitionAwareDescription.sentence(knowledge.events(near: time).map(\.text)))
    case .order: return .order(sorted(question.items, knowledge))
    }
  }

  /// The answer as text, times in whole seconds as MusTBench writes them; empty where there is none.
  package static func text(of answer: Answer?, to question: Question) -> String {
    guard let answer else { return "" }
    let writer = AnswerWriter(AnswerForm(question))
    switch answer {
    case .instant(let time): return writer.write(.instant(ReferenceTime.whole(max(0, time), duration: question.duration)))
    case .intervals(let intervals):
      return writer.write(.intervals(ReferenceTime.whole(intervals, duration: question.duration)))
    case .choice, .order, .text: return writer.write(answer)
    }
  }

  private static func option(of question: Question, _ knowledge: some TrackKnowledge) -> Answer? {
    guard let time = Question.times(in: question.text).first else { return nil }
    let evidence = question.choices.map { choice in
      Transition.Event(parsing: choice).map { knowledge.evidence(of: $0, near: time) } ?? 0
    }
    guard let most = evidence.max() else { return nil }
    return evidence.firstIndex(of: most).map { .choice($0) }
  }

  private static func order(of question: Question, _ knowledge: some TrackKnowledge) -> Answer? {
    let order = sorted(question.items, knowledge)
    return GlobalTemporalOrdering.orders.firstIndex(of: order).map { .choice($0) }
  }

  /// Indices of the items, earliest first.
  private static func sorted(_ items: [String], _ knowledge: some TrackKnowledge) -> [Int] {
    let times = items.map { item in
      Transition.Event(parsing: item).flatMap { knowledge.time(of: $0) } ?? .infinity
    }
    return items.indices.sorted { (times[$0], $0) < (times[$1], $1) }
  }
}
