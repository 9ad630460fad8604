import AudioLanguageModel
import Experiments
import MusTBench
import Questions
import RunReports
import Tensors
import Testing
import Timelines
import Training

@testable import Comparisons
@testable import Evaluations
@testable import RunFolders

@Suite struct BestBlindTests {
  private func answer(_ id: String, task: String, category: String, _ reference: Answer, seed: Int = 0) -> HeldOutRecord {
    let kind: AnswerKind = if case .instant = reference { .instant } else { .intervals }
    let question = Question(
      id: id, trackID: id, task: task, category: category, text: "?", kind: kind, references: [reference], duration: 60)
    return HeldOutRecord(
      phase: .end, decoding: .greedy,
      answer: HeldOutAnswer(question: question, text: "", reading: .unreadable(.blank)))
  }

  @Test func oneConstantACategoryAnswersEveryQuestion() throws {
    let seeds = [
      [
        answer("a", task: "tsg", category: "onset", .instant(5)), answer("b", task: "tsg", category: "onset", .instant(10)),
        answer("c", task: "tsg", category: "onset", .instant(40)), answer("d", task: "tsg", category: "offset", .instant(50)),
      ],
      [answer("a", task: "tsg", category: "onset", .instant(5))],
    ]
    let column = PolicyComparison.Column.bestBlind(on: seeds)
    // 7 or 8 s hits both 5 and 10 s within 3 s; within one second only one of the three can be hit.
    #expect(column.seeds[0].map { $0.scores["hit@3s"] } == [1, 1, 0, 1])
    #expect(column.seeds[0].map { $0.scores["hit@1s"] } == [1, 0, 0, 1])
    #expect(column.seeds[1].map { $0.scores["hit@3s"] } == [1])
    #expect(seeds[0][0].scores["hit@3s"] == 0)
  }

  @Test func intervalsHaveTheIntervalThatOverlapsBest() {
    let references = [Interval(0, 20), Interval(10, 20)]
    let seeds = [references.enumerated().map { answer("\($0)", task: "mtr", category: "lowest", .intervals([$1])) }]
    let column = PolicyComparison.Column.bestBlind(on: seeds)
    // 0–20 s: 1 and a half; 10–20 s: a half and 1. F1 likewise: 1 and two thirds.
    #expect(column.seeds[0].compactMap { $0.scores["iou"] }.sorted() == [0.5, 1])
    #expect(abs((column.seeds[0].compactMap { $0.scores["f1"] }.min() ?? 0) - 2.0 / 3) < 1e-12)
  }

  @Test func aCurveChangesWhereItsStepsAre() {
    #expect(Curve(values: [0, 0, 0.25, 0.25, 1, 1, 0], rate: 5).changes == [0.4, 0.8, 1.2])
    #expect(Curve(values: [], rate: 5).changes.isEmpty)
  }

  @Test func rulesReadTheStepsOfLevels() {
    var heads = Tensor(shape: [100, 9])
    for row in 40..<60 { heads[row, 2] = 1 }
    for row in 60..<100 { heads[row, 2] = 0.25 }
    var configuration = MusicEncoderConfiguration()
    configuration.instruments = ["piano", "bass"]
    configuration.intensity = .notes
    let audio = EncodedAudio(trackID: "t", duration: 20, frames: Tensor(shape: [100, 4]), heads: heads)
    let knowledge = EncoderKnowledge(audio, from: configuration)
    #expect(knowledge.extreme(highest: true) == [Interval(8, 12)] && knowledge.extreme(highest: false) == [Interval(0, 8)])
  }
}
