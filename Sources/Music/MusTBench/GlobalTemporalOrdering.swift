package import Questions
package import Randomness
package import Timelines

/// GTO: the order in time of three described transitions X, Y, Z, as one of six letters.
///
/// The options are A = XYZ, B = XZY, C = YXZ, D = YZX, E = ZXY, F = ZYX, in every question. Only events that happen once in
/// the track are taken, and only three that lie at least `separation` apart. At most `limit` triples are drawn for a track,
/// no triple twice; which letter is right is dealt evenly. A track with fewer than three such events gives no question.
///
/// `items` holds the three descriptions.
package struct GlobalTemporalOrdering: BenchmarkTask {
  package static let name = "gto"
  package static let title = "Global Temporal Ordering"
  package static let asks = "in which order three things happen"
  package static let form = QuestionForm(
    task: name, kind: .choice, choices: ["XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"], ordersItems: true)

  /// The orders of X, Y, Z that the letters stand for: indices into `items`, earliest first.
  package static let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]

  private static let names = ["X", "Y", "Z"]

  /// Seconds at either end of the track in which nothing is asked.
  package var margin: Double
  /// Least distance of two transitions in seconds.
  package var separation: Double
  /// Most questions about one track.
  package var limit: Int

  package init(margin: Double = 2, separation: Double = 3, limit: Int = 4) {
    precondition(margin >= 0 && separation > 0 && limit >= 0, "margin and limit are not negative, the separation positive")
    self.margin = margin
    self.separation = separation
    self.limit = limit
  }

  package func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] {
    var deck = LetterDeck(count: Self.orders.count)
    let triples = triples(of: transitions(in: timeline, stream: &stream)).shuffled(using: &stream).prefix(limit)
    return triples.enumerated().map { index, triple in
      question(triple, number: index + 1, right: deck.deal(using: &stream), timeline: timeline)
    }
  }

  /// Most transitions of which all triples are formed: of more, so many are drawn.
  private static let mostTransitions = 64

  /// Transitions whose event happens only once in the track, in order of time.
  private func transitions(in timeline: Timeline, stream: inout RandomStream) -> [Transition] {
    let counts = Transition.all(in: timeline, margin: 0).reduce(into: [:]) { $0[$1.event, default: 0] += 1 }
    let once = Transition.all(in: timeline, margin: margin).filter { counts[$0.event] == 1 }
    guard once.count > Self.mostTransitions else { return once }
    return once.indices.shuffled(using: &stream).prefix(Self.mostTransitions).sorted().map { once[$0] }
  }

  private func triples(of transitions: [Transition]) -> [[Transition]] {
    var triples: [[Transition]] = []
    for (first, early) in transitions.enumerated() {
      for (second, middle) in transitions.enumerated().dropFirst(first + 1) where middle.time - early.time >= separation {
        for late in transitions.dropFirst(second + 1) where late.time - middle.time >= separation {
          triples.append([early, middle, late])
        }
      }
    }
    return triples
  }

  /// - Parameter triple: in order of time; `right` is the letter that this order shall have.
  private func question(_ triple: [Transition], number: Int, right: Int, timeline: Timeline) -> Question {
    var items = Array(repeating: "", count: triple.count)
    for (transition, item) in zip(triple, Self.orders[right]) { items[item] = transition.event.text }
    let described = zip(items, Self.names).map { "\($0) (\($1))" }.joined(separator: ", ")
    let letters = Self.orders.enumerated().map { "\(Self.text($0.element, " ")) (\(AnswerWriter.letter($0.offset)))" }
    return Question(
      id: "\(timeline.trackID)/\(Self.name)/\(number)", trackID: timeline.trackID, task: Self.name,
      text: "Which option is the correct chronological order? \(described); \(letters.joined(separator: ", "))", kind: .choice,
      choices: Self.orders.map { Self.text($0, " → ") }, items: items, references: [.choice(right)],
      duration: timeline.duration)
  }

  /// The names of the three transitions in the order that an option's letter stands for.
  static func names(of option: Int) -> String { text(orders[option], " ") }

  private static func text(_ order: [Int], _ separator: String) -> String {
    order.map { names[$0] }.joined(separator: separator)
  }
}
