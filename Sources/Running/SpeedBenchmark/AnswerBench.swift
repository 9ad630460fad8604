import Experiments
import MusTBench
import Numbers
import Options
import Questions
import Randomness
import Rewards
import Timelines

/// Answers read and judged by MusT's two rewards and penalties, one after another on one core.
struct AnswerBench: BenchFamily {
  private static let passes = 50
  /// Answers to one question, as many as a group of GRPO has.
  private static let groupSize = 8

  /// A question with its group of answers.
  private struct Item {
    let question: Question
    let reader: AnswerReader
    /// In the prescribed form.
    let plain: [Response]
    /// The same answers in a sentence.
    let prose: [Response]

    init(question: Question, reader: AnswerReader, texts: [String]) {
      self.question = question
      self.reader = reader
      plain = texts.map { Response(text: $0, tokenCount: 8, isTruncated: false) }
      prose = texts.map { Response(text: "I think that it is at \($0).", tokenCount: 12, isTruncated: false) }
    }
  }

  private let items: [Item]
  private let rewards: RewardSpec
  private var peer: PythonPeer?
  private var mean = 0.0

  init(_ material: BenchMaterial) {
    rewards = BenchMaterial.rewards
    var stream = RandomStream(seed: BenchMaterial.seed)
    items = material.tracks.flatMap { track in
      [TemporalSourceGrounding.name, MoodTrajectoryReasoning.name].flatMap {
        TaskCatalog.builtIn[$0]?.questions(for: track.timeline, stream: &stream) ?? []
      }.map {
        question in
        let reader = AnswerReader(AnswerForm(question))
        let writer = AnswerWriter(reader.form)
        let texts = (0..<Self.groupSize).map { _ in writer.write(Self.answer(to: question, using: &stream)) }
        return Item(question: question, reader: reader, texts: texts)
      }
    }
  }

  /// The same, with Python's figures beside its own.
  func beside(_ peer: PythonPeer) -> AnswerBench {
    var bench = self
    bench.peer = peer
    return bench
  }

  /// Text, reference and duration of each answer.
  var pythonInputs: [[Any]] {
    items.flatMap { item in
      var reference: Any = 0
      switch item.question.references[0] {
      case .instant(let time): reference = time
      case .intervals(let intervals): reference = intervals.map { [$0.start, $0.end] }
      case .choice, .order, .text: break
      }
      return item.plain.map { [$0.text, reference, item.question.duration] }
    }
  }

  /// Whole seconds drawn from the track, of the kind that is asked for.
  private static func answer(to question: Question, using stream: inout RandomStream) -> Answer {
    let end = max(2, Int(saturating: question.duration))
    guard question.kind == .intervals else { return .instant(Double(stream.integer(in: 0...end))) }
    return .intervals(
      (0..<stream.integer(in: 1...3)).map { _ in
        let start = stream.integer(in: 0...end - 1)
        return Interval(Double(start), Double(stream.integer(in: start + 1...end)))
      })
  }

  var rows: [BenchRow] {
    [
      BenchRow(
        "answers", "answers read and judged", unit: "M/s", .rate, limit: peer?.name("answers") ?? "",
        explanation:
          "eight to a question in the prescribed form, such as 0:57 or 0:12-0:30, 0:41-0:55; both rewards of MusT, two penalties; one core, the bar is 5; "
          + (peer?.note("answers", mean: mean) ?? "no peer")),
      BenchRow(
        "answers_in_prose", "  the same in a sentence", unit: "M/s", .rate,
        explanation: "the same answers after \"I think that it is at\", which the reader has to search"),
    ]
  }

  mutating func measure(beside limits: MachineLimits) -> [BenchSample] {
    let plain = judge { $0.plain }
    let prose = judge { $0.prose }
    mean = plain.mean
    return [BenchSample(plain.rate, limit: peer?.rate("answers")), BenchSample(prose.rate)]
  }

  /// Millions of answers a second of the thread's time, and the mean reward.
  @inline(__always)
  private func judge(_ responses: (Item) -> [Response]) -> (rate: Double, mean: Double) {
    var judgement = Judgement()
    var total = 0.0
    let start = ThreadInstant.now
    for _ in 0..<Self.passes {
      for item in items {
        for response in responses(item) {
          rewards.judge(item.reader.read(response.text), in: response, to: item.question, into: &judgement)
          total += judgement.total ?? 0
        }
      }
    }
    let seconds = start.elapsed
    precondition(total.isFinite, "rewards are finite")
    let count = Double(items.count * Self.groupSize * Self.passes)
    return (count / seconds / 1e6, total / count)
  }
}
