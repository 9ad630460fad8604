import Foundation
import Options
import Questions
import Rewards
import TemporalRewards
import Testing
import Timelines

@Suite("Fitted baselines") struct BlindPriorsTests {
  /// Times, shares and places that no short decimal holds.
  static let questions: [Question] = (0..<30).flatMap { index -> [Question] in
    let third = Double(index) / 3
    var order = RewardSpecTests.question(.order([[0, 1, 2], [2, 0, 1], [1, 2, 0], [0, 2, 1]][index % 4]), task: "gto")
    order.items = index % 3 == 0 ? ["intro", "verse", "chorus"] : ["chorus", "solo", "verse"]
    var choice = RewardSpecTests.question(.choice(index * 7 % 3), task: "ltr")
    choice.choices = ["a", "b", "c"]
    let all = [
      RewardSpecTests.question(.instant(20 + third)), order, choice,
      RewardSpecTests.question(.intervals([Interval(10 + third, 30 + 1.7 * third)]), task: "mtr"),
    ]
    return all.enumerated().map { kind, question in
      var question = question
      question.id = "q\(index)-\(kind)"
      question.duration = 90 + third
      return question
    }
  }

  static func spec() -> RewardSpec {
    let baseline = ("baseline", OptionValue.Content.map([]))
    let (spec, issues) = RewardSpecTests.read(
      ["onset-error", "interval-iou", "ordering", "choice"].map { RewardSpecTests.entry($0, [baseline]) } + [
        RewardSafetyTests.penalty
      ])
    #expect(issues == [])
    return spec
  }

  private static func totals(_ spec: RewardSpec) -> [UInt64?] {
    questions.flatMap { question -> [UInt64?] in
      let answers: [Answer] =
        switch question.kind {
        case .instant: [.instant(33.3), .instant(12)]
        case .intervals: [.intervals([Interval(15, 40)])]
        case .order: [.order([1, 0, 2]), .order([0, 1, 2])]
        case .choice: [.choice(0), .choice(1)]
        case .text: []
        }
      return answers.map {
        spec.judge(RewardSpecTests.answered($0), in: RewardSpecTests.response, to: question).total?.bitPattern
      }
    }
  }

  @Test("depend on the questions, not on their order")
  func order() {
    let (one, other) = (
      BlindPriors(fittedTo: Self.questions, named: "a"), BlindPriors(fittedTo: Self.questions.reversed(), named: "a")
    )
    #expect(one == other && one.checksum.count == 16 && one.questionCount == 120)
    var changed = Self.questions
    changed[0].references = [.instant(21)]
    #expect(BlindPriors(fittedTo: changed, named: "a").checksum != one.checksum)
    #expect(BlindPriors(fittedTo: Array(Self.questions.dropLast()), named: "a").checksum != one.checksum)
  }

  @Test("are paid the same to the last bit after they were written and read")
  func roundTrip() throws {
    let priors = BlindPriors(fittedTo: Self.questions, named: "the training questions of x")
    let read = try JSONDecoder().decode(BlindPriors.self, from: JSONEncoder().encode(priors))
    #expect(read == priors)
    var (fitted, told, plain) = (Self.spec(), Self.spec(), Self.spec())
    fitted.fitBaselines(to: Self.questions)
    told.take(read)
    #expect(Self.totals(fitted) == Self.totals(told))
    #expect(Self.totals(fitted) != Self.totals(plain))
    plain.take(read)
    #expect(Self.totals(fitted) == Self.totals(plain))
  }

  @Test("say what they stand on")
  func notes() throws {
    var spec = Self.spec()
    #expect(try #require(spec.baselineNote).contains("fitted to no questions"))
    spec.fitBaselines(to: Self.questions, named: "train.jsonl")
    let note = try #require(spec.baselineNote)
    #expect(note.contains("onset-error, interval-iou, ordering, choice: fitted to 120 questions of train.jsonl (checksum "))
    #expect(RewardSpecTests.read([RewardSpecTests.entry("onset-error"), RewardSafetyTests.penalty]).0.baselineNote == nil)
  }

  @Test(
    "of a damaged file are refused",
    arguments: [
      #"{"version":2,"fitted_to":"x","questions":1,"checksum":"0","priors":{}}"#,
      #"{"version":1,"fitted_to":"x","questions":1,"checksum":"0","priors":{"tsg/":{"seconds":[1e300]}}}"#,
      #"{"version":1,"fitted_to":"x","questions":1,"checksum":"0","priors":{"mtr/":{"spans":[[0.1]]}}}"#,
      #"{"version":1,"fitted_to":"x","questions":1,"checksum":"0","priors":{"ltr/":{"choice":-1}}}"#,
      #"{"version":1,"fitted_to":"x","questions":1,"checksum":"0","priors":{"gto/":{"places":{"verse":2}}}}"#,
      #"{"version":1,"priors":{}}"#, "[]",
    ])
  func damaged(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(BlindPriors.self, from: Data(text.utf8)) }
  }

  /// Learns NaN from an answer at 13 s.
  private struct Poisoned: TemporalReward, AdaptiveReward {
    static let name = "poisoned"
    static let documentation = RewardDocumentation(
      summary: "", formula: "", degenerateCases: "", source: "", family: .instants, kinds: [.instant])
    static let needs: Set<RewardNeed> = [.step, .tokenCount]
    var seen = 0.0
    var range: ClosedRange<Double> { 0...1 }
    var state: [String: Double] {
      get { ["seen": seen] }
      set { if let value = newValue["seen"], value >= 0 { seen = value } }
    }

    init(options: inout OptionReader) {}

    func score(_ reading: Reading, in response: Response, to question: Question) -> Double? { 0 }

    mutating func observe(_ reading: Reading, to question: Question) {
      seen = reading.answer == .instant(13) ? .nan : seen + 1
    }
  }

  @Test("A composition says which tasks of the training questions it never judges, once")
  func unjudged() throws {
    let reward = try #require(RewardCatalog.builtIn["onset-error"])
    var reader = OptionReader()
    var spec = RewardSpec([RewardComponent(reward.init(options: &reader), tasks: ["other"])])
    let question = RewardSpecTests.question(.instant(1))
    spec.noteUnjudgedTasks(of: [question, question])
    spec.noteUnjudgedTasks(of: [question])
    #expect(spec.warnings.count == 1 && spec.warnings[0].contains("'\(question.task)', which earn null"), "\(spec.warnings)")
    var judging = RewardSpec([RewardComponent(reward.init(options: &reader), tasks: [question.task])])
    judging.noteUnjudgedTasks(of: [question])
    #expect(judging.warnings == [])
  }

  @Test("What is no number never becomes a state, and a state that cannot be is refused")
  func states() {
    var reader = OptionReader()
    var spec = RewardSpec([RewardComponent(Poisoned(options: &reader))])
    for time in [1.0, 13, 2] {
      spec.observe(RewardSpecTests.answered(.instant(time)), to: RewardSpecTests.question(.instant(1)))
    }
    #expect(spec.state == ["poisoned/seen": 2])
    #expect(spec.restore(["poisoned/seen": 7]) == nil && spec.state == ["poisoned/seen": 7])
    for wrong in [["poisoned/seen": -1.0], ["poisoned/seen": .nan], ["seen": 1.0], ["poisoned/seen": 3, "x": 1]] {
      #expect(spec.restore(wrong) != nil && spec.state == ["poisoned/seen": 7])
    }
    #expect(spec.shortfalls(lacking: [.step]).count == 1 && spec.shortfalls(lacking: [.step, .tokenCount]).count == 2)
    #expect(spec.shortfalls(lacking: []).isEmpty)
  }
}
