import Numbers
package import Questions
package import Randomness

/// Leaves out questions so that no letter, time or interval wins by being frequent.
///
/// Within each task and category, questions are dealt into bins by their answer (``AnswerBin``). Bins are filled evenly, one question
/// from each in turn, until the wanted number is reached: the flattest histogram that holds so many. Where every bin holds more, as
/// letters do, filling goes on until one is empty.
package struct BalancedSelection: Sendable, Hashable {
  /// Share of each group that is kept at least, unless the limit is lower; above 0 and up to 1, 1 keeps all.
  package var kept: Double
  /// Most questions of each task; `nil` for no limit.
  package var limit: Int?

  package init(kept: Double = 0.5, limit: Int? = nil) {
    precondition(kept > 0 && kept <= 1, "the share that is kept lies above 0 and up to 1")
    self.kept = kept
    self.limit = limit
  }

  /// The questions that stay, in their order.
  package func selection(of questions: [Question], stream: RandomStream) -> [Question] {
    var groups: [[String]: [Int]] = [:]
    for (index, question) in questions.enumerated() {
      let category = question.kind == .choice ? "" : question.category
      groups[[question.task, category], default: []].append(index)
    }
    let groupsOfTask = groups.keys.reduce(into: [:]) { $0[$1[0], default: 0] += 1 }
    var stays: Set<Int> = []
    for (number, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).enumerated() {
      let groupCount = groupsOfTask[group.key[0]] ?? 1
      let limit = limit.map { ($0 + groupCount - 1) / groupCount } ?? .max
      stays.formUnion(dealt(group.value, of: questions, limit: limit, stream: stream.derived(number)))
    }
    return questions.indices.filter(stays.contains).map { questions[$0] }
  }

  /// Takes one from each bin in turn; what the last turn takes from is drawn.
  private func dealt(_ indices: [Int], of questions: [Question], limit: Int, stream: RandomStream) -> [Int] {
    var stream = stream
    let bins = Dictionary(grouping: indices) { AnswerBin(questions[$0]) }.sorted { $0.key < $1.key }.map {
      $0.value.shuffled(using: &stream)
    }
    let share = Int(saturating: (kept * Double(indices.count)).rounded(.up))
    let count = min(limit, max(share, bins.count * (bins.map(\.count).min() ?? 0)))
    var dealt: [Int] = []
    var turn = 0
    while dealt.count < count {
      let next = bins.compactMap { turn < $0.count ? $0[turn] : nil }
      if next.isEmpty { break }
      dealt += next.count <= count - dealt.count ? next : Array(next.shuffled(using: &stream).prefix(count - dealt.count))
      turn += 1
    }
    return dealt
  }
}
