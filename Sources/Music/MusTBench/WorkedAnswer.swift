package import Questions
package import Timelines

/// Answers that say what they rest on before they name a letter.
///
/// A small model learns to choose between options when it first writes what it hears, then the letter of the option that says
/// so. The letter stands last, where `AnswerReader` finds it.
package enum WorkedAnswer {
  /// The reference of a question, worked.
  ///
  ///     ltr   the piano enters (C)
  ///     gto   the drums enter 0:25, the strings enter 0:13, the piano leaves 0:19: Y Z X (D)
  ///
  /// The events of `gto` stand in the order in which the question lists them, each with its time in whole seconds, then their
  /// names in order of time. Other tasks are answered as `AnswerWriter` does. `nil` for a question without a reference, or whose
  /// options are not about this timeline.
  package static func text(for question: Question, about timeline: Timeline) -> String? {
    guard let reference = question.references.first else { return nil }
    guard case .choice(let right) = reference, question.choices.indices.contains(right) else {
      return AnswerWriter(AnswerForm(question)).write(reference)
    }
    let letter = "(\(AnswerWriter.letter(right)))"
    guard question.task == GlobalTemporalOrdering.name else { return "\(question.choices[right]) \(letter)" }
    let transitions = Transition.all(in: timeline, margin: 0)
    let events = question.items.compactMap { item -> String? in
      guard let transition = transitions.first(where: { $0.event.text == item }) else { return nil }
      return "\(item) \(AnswerWriter.clock(ReferenceTime.whole(transition.time, duration: timeline.duration)))"
    }
    guard events.count == question.items.count, GlobalTemporalOrdering.orders.indices.contains(right) else { return nil }
    return "\(events.joined(separator: ", ")): \(GlobalTemporalOrdering.names(of: right)) \(letter)"
  }
}
