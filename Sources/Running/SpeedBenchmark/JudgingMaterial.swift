import Numbers
import Questions
import Randomness
import TemporalMetrics
import Timelines

/// Answers with their references, the same for Takt and for Python.
struct JudgingMaterial {
  private static let variants = 128
  /// Seconds of a track.
  private static let duration = 60.0

  struct Pair {
    let answer: [Interval]
    let reference: [Interval]
    let referenceSet: IntervalSet

    init(_ answer: [Interval], _ reference: [Interval]) {
      self.answer = answer
      self.reference = reference
      referenceSet = IntervalSet(reference)
    }
  }

  let instants: [(answer: Double, reference: Double)]
  /// One interval each.
  let spans: [Pair]
  /// Three intervals each.
  let sets: [Pair]
  /// Forty short intervals each, a little moved.
  let events: [Pair]
  let orders: [(first: [Double], second: [Double])]
  let onsets: [(reference: EventTimes, estimated: EventTimes)]
  let choices: [(answer: Int, reference: Int)]
  let texts: [(answer: String, reference: String)]

  init() {
    var stream = RandomStream(seed: BenchMaterial.seed)
    func times() -> [Double] { (0..<100).map { _ in stream.uniform(in: 0...60) }.sorted() }
    func moved(_ time: Double) -> Double { max(0, time + stream.uniform(in: -0.08...0.08)) }
    func spread(_ count: Int) -> [Interval] {
      (0..<count).map { _ in
        let start = stream.uniform(in: 0...50)
        return Interval(start, start + stream.uniform(in: 1...10))
      }
    }
    let words = "the drums bass guitar voice enters becomes louder softer and then a solo starts with new chords".split(
      separator: " ")
    func sentence() -> String {
      (0..<stream.integer(in: 8...14)).map { _ in String(words[stream.integer(in: 0...words.count - 1)]) }.joined(
        separator: " ")
    }
    let all = 0..<Self.variants
    instants = all.map { _ in (stream.uniform(in: 0...Self.duration), stream.uniform(in: 0...Self.duration)) }
    spans = all.map { _ in Pair(spread(1), spread(1)) }
    sets = all.map { _ in Pair(spread(3), spread(3)) }
    events = all.map { _ in
      let truth = (0..<40).map { index in
        let start = 1.4 * Double(index) + stream.uniform(in: 0...0.9)
        return Interval(start, start + stream.uniform(in: 0.2...0.4))
      }
      return Pair(truth.map { Interval(moved($0.start), $0.end + 0.1) }, truth)
    }
    let ranks = (0..<8).map(Double.init)
    orders = all.map { _ in (ranks, ranks.shuffled(using: &stream)) }
    onsets = all.map { _ in
      let truth = times()
      return (EventTimes(sorting: truth), EventTimes(sorting: truth.map(moved)))
    }
    choices = all.map { _ in (stream.integer(in: 0...3), stream.integer(in: 0...3)) }
    texts = all.map { _ in (sentence(), sentence()) }
  }

  /// What `experiments/bench-peers.py` takes: by family the arguments of its functions.
  var pythonInputs: [String: Any] {
    func list(_ intervals: [Interval]) -> [[Double]] { intervals.map { [$0.start, $0.end] } }
    func arguments(_ pairs: [Pair]) -> [[Any]] { pairs.map { [list($0.answer), list($0.reference), Self.duration] } }
    return [
      "instants": instants.map { [$0.answer, $0.reference] }, "spans": arguments(spans), "sets": arguments(sets),
      "events": arguments(events), "orders": orders.map { [$0.first, $0.second] },
      "onsets": onsets.map { [$0.estimated.times, $0.reference.times] as [Any] }.map { $0 + [Self.duration] },
      "choices": choices.map { [$0.answer, $0.reference] }, "texts": texts.map { [$0.answer, $0.reference] },
    ]
  }

  /// Readings of the kind that a reward of this family judges, with their questions; `nil` where Python has none.
  func exercises(for kind: AnswerKind, spans isSpan: Bool, events areEvents: Bool) -> [(reading: Reading, question: Question)] {
    func exercise(_ answer: Answer, _ reference: Answer, choices: [String] = [], items: [String] = [])
      -> (reading: Reading, question: Question)
    {
      (
        Reading(outcome: .answered, answer: answer, isStrict: true),
        Question(
          id: "b", trackID: "b", task: "bench", text: "", kind: answer.kind, choices: choices, items: items,
          references: [reference], duration: Self.duration)
      )
    }
    switch kind {
    case .instant: return instants.map { exercise(.instant($0.answer), .instant($0.reference)) }
    case .intervals:
      return (areEvents ? events : isSpan ? spans : sets).map { exercise(.intervals($0.answer), .intervals($0.reference)) }
    case .choice:
      return choices.map { exercise(.choice($0.answer), .choice($0.reference), choices: ["a", "b", "c", "d"]) }
    case .order:
      let items = (0..<8).map { "item \($0)" }
      return orders.map {
        exercise(.order($0.second.map { Int(saturating: $0) }), .order($0.first.map { Int(saturating: $0) }), items: items)
      }
    case .text: return texts.map { exercise(.text($0.answer), .text($0.reference)) }
    }
  }

  /// Millions of calls a second of the thread's time, and the mean score.
  func rate<Input>(of inputs: [Input], _ score: (Input) -> Double) -> (rate: Double, mean: Double) {
    let mean = inputs.reduce(0) { $0 + score($1) } / Double(inputs.count)
    var total = 0.0
    var calls = 0
    let start = ThreadInstant.now
    repeat {
      for _ in 0..<8 {
        for input in inputs { total += score(input) }
      }
      calls += 8 * inputs.count
    } while start.elapsed < 0.004
    let seconds = start.elapsed
    precondition(total.isFinite, "scores are finite")
    return (Double(calls) / seconds / 1e6, mean)
  }
}
