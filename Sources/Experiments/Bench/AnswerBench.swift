import MusTBench
import Questions
import Randomness
import Rewards
import TemporalRewards
import Timelines

/// Answers read and judged by MusT's two rewards and penalties, one after another on one core.
struct AnswerBench: BenchFamily {
  private static let passes = 40

  private struct Item {
    let question: Question
    let reader: AnswerReader
    /// The prescribed form.
    let plain: Response
    /// The same answer in a sentence.
    let prose: Response
  }

  private let items: [Item]
  private let rewards: RewardSpec

  init(_ material: BenchMaterial) throws {
    rewards = try BenchMaterial.options(BenchMaterial.rewards) { RewardSpec(options: &$0, catalog: .builtIn) }
    var stream = RandomStream(seed: BenchMaterial.seed)
    items = material.tracks.flatMap { track in
      ["tsg", "mtr"].flatMap { BenchmarkTasks[$0]?.questions(for: track.timeline, stream: &stream) ?? [] }.map { question in
        let reader = AnswerReader(AnswerForm(question))
        let text = AnswerWriter(reader.form).write(Self.answer(to: question, using: &stream))
        func response(_ text: String) -> Response { Response(text: text, tokenCount: 8, isTruncated: false) }
        return Item(
          question: question, reader: reader, plain: response(text), prose: response("I think that it is at \(text)."))
      }
    }
  }

  /// Whole seconds drawn from the track, of the kind that is asked for.
  private static func answer(to question: Question, using stream: inout RandomStream) -> Answer {
    let end = max(2, Int(question.duration))
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
        "answers", "answers read and judged", unit: "M/s", .rate,
        explanation:
          "in the prescribed form, such as 0:57 or 0:12-0:30, 0:41-0:55; both rewards of MusT, two penalties; one core, the bar is 5"
      ),
      BenchRow(
        "answers_in_prose", "  the same in a sentence", unit: "M/s", .rate,
        explanation: "the same answers after \"I think that it is at\", which the reader has to search"),
    ]
  }

  func measure(beside limits: MachineLimits) -> [BenchSample] {
    [\Item.plain, \Item.prose].map { response in
      let seconds = judge(items.map { $0[keyPath: response] })
      return BenchSample(Double(items.count * Self.passes) / seconds / 1e6)
    }
  }

  private func judge(_ responses: [Response]) -> Double {
    var judgement = Judgement()
    var total = 0.0
    let start = ThreadInstant.now
    for _ in 0..<Self.passes {
      for (item, response) in zip(items, responses) {
        rewards.judge(item.reader.read(response.text), in: response, to: item.question, into: &judgement)
        total += judgement.total ?? 0
      }
    }
    let seconds = start.elapsed
    precondition(total.isFinite, "rewards are finite")
    return seconds
  }
}
