import Options
import Questions
import RealModule
import Rewards
import TemporalRewards
import Testing
import Timelines

@Suite("Baseline subtraction") struct RewardBaselineTests {
  static func reward(_ name: String) throws -> any TemporalReward {
    var reader = OptionReader()
    let type = try #require(RewardCatalog.builtIn[name])
    let reward = type.init(options: &reader) as? any TemporalReward
    return try #require(reward)
  }

  static func spec(_ name: String, _ baseline: [(String, OptionValue.Content)]) -> RewardSpec {
    let map = OptionValue.Content.map(baseline.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) })
    let (spec, issues) = RewardSpecTests.read([RewardSpecTests.entry(name, [("baseline", map)]), RewardSafetyTests.penalty])
    #expect(issues == [])
    return spec
  }

  static func total(_ spec: RewardSpec, _ answer: Answer, _ question: Question) -> Double? {
    spec.judge(RewardSpecTests.answered(answer), in: RewardSpecTests.response, to: question).total
  }

  @Test("pays the best blind answer 0 and the right one 1, and keeps the order of answers")
  func anchors() throws {
    let spec = Self.spec("onset-error", [("seconds", .list([OptionValue(.number(40))]))])
    let question = RewardSpecTests.question(.instant(60))
    #expect(Self.total(spec, .instant(60), question) == 1)
    #expect(Self.total(spec, .instant(50), question) == 0, "the middle of the track is nearer than 40 s")
    #expect(try #require(Self.total(spec, .instant(40), question)) < 0)
    let b = try #require(
      try Self.reward("onset-error").score(
        RewardSpecTests.answered(.instant(50)), in: RewardSpecTests.response, to: question))
    let r = try #require(
      try Self.reward("onset-error").score(
        RewardSpecTests.answered(.instant(57)), in: RewardSpecTests.response, to: question))
    #expect(abs(try #require(Self.total(spec, .instant(57), question)) - (r - b) / (1 - b)) < 1e-12)
  }

  @Test("never pays a blind answer more than 0, on average over letters and orders")
  func blind() throws {
    let baseline = RewardBaseline(BlindAnswers(), most: 0.99)
    let intervals = RewardSpecTests.question(.intervals([Interval(30, 45)]), task: "mtr")
    let iou = try Self.reward("interval-iou")
    #expect(abs(baseline.blindScore(of: iou, on: intervals) - 0.3) < 1e-12, "the middle half: 15 s of 50 s")
    for answer in baseline.blind.answers(to: intervals) {
      let score = try #require(iou.score(RewardSpecTests.answered(answer), in: RewardSpecTests.response, to: intervals))
      #expect(baseline.subtracted(from: score, of: iou, on: intervals) <= 0)
    }
    var choice = RewardSpecTests.question(.choice(1))
    choice.choices = ["a", "b", "c", "d"]
    #expect(baseline.blindScore(of: try Self.reward("choice"), on: choice) == 0.25)
    var order = RewardSpecTests.question(.order([1, 2, 0]))
    order.items = ["X", "Y", "Z"]
    #expect(abs(baseline.blindScore(of: try Self.reward("ordering"), on: order) - 0.5) < 1e-12)
  }

  @Test("stays finite where a blind answer is right by luck")
  func luck() throws {
    let spec = Self.spec("onset-error", [("most", .number(0.5)), ("below", .number(0.3))])
    let question = RewardSpecTests.question(.instant(50))
    #expect(Self.total(spec, .instant(50), question) == 1)
    let far = try #require(Self.total(spec, .instant(100), question))
    #expect(abs(far - 0.3 * (Double.exp(-50.0 / 15) - 0.5) / 0.5) < 1e-12)
    #expect(spec.components[0].range == -0.3...1)
  }

  @Test("keeps the order of answers to one question", arguments: [0.0, 10, 50, 93])
  func order(truth: Double) throws {
    let spec = Self.spec("onset-error", [])
    let question = RewardSpecTests.question(.instant(truth))
    let totals = try stride(from: 0.0, through: 100, by: 0.5).map {
      (abs($0 - truth), try #require(Self.total(spec, .instant($0), question)))
    }
    let sorted = totals.sorted { $0.0 < $1.0 }.map(\.1)
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(sorted.first == 1)
  }

  @Test("takes typical answers from questions, task by task")
  func fitted() {
    var blind = BlindAnswers(habits: [])
    // The median is 30 s; the 6 s that hold most are those from 36.5 to 42 s.
    let times = [10.0, 20, 30, 36.5, 42]
    blind.fit(
      to: times.map { RewardSpecTests.question(.instant($0)) }
        + (0..<4).map { RewardSpecTests.question(.intervals([Interval(40 + 5 * Double($0), 70)]), task: "mtr") })
    // The track has 100 s, and 3 % of it hold one time each: the first.
    let expected = [30.0, 39.25, 30, 10].map { Answer.instant($0) }
    #expect(blind.answers(to: RewardSpecTests.question(.instant(1))) == expected)
    #expect(blind.answers(to: RewardSpecTests.question(.instant(1), task: "other")) == [])
    let spans = blind.answers(to: RewardSpecTests.question(.intervals([]), task: "mtr"))
    #expect(spans == [40, 45, 45].map { .intervals([Interval($0, 70)]) })
  }

  @Test("the usual order and the usual option earn nothing, and where they are right nothing earns more")
  func usual() throws {
    func order(_ order: [Int]) -> Question {
      var question = RewardSpecTests.question(.order(order), task: "gto")
      question.items = ["chorus", "intro", "verse"]
      return question
    }
    // intro, verse, chorus in two of three tracks; one has the chorus before the verse.
    let questions = [[1, 2, 0], [1, 2, 0], [1, 0, 2]].map(order)
    var baseline = RewardBaseline(BlindAnswers(), most: 1, below: 0.2)
    baseline.blind.fit(to: questions)
    #expect(baseline.blind.answers(to: questions[0]) == [.order([1, 2, 0])])
    let pairs = try Self.reward("ordering")
    func earned(_ answer: [Int], _ question: Question) throws -> Double {
      let score = try #require(
        pairs.score(RewardSpecTests.answered(.order(answer)), in: RewardSpecTests.response, to: question))
      return baseline.subtracted(from: score, of: pairs, on: question)
    }
    #expect(try earned([1, 2, 0], questions[0]) == 0)
    #expect(abs(try earned([1, 0, 2], questions[0]) - 0.2 * (2.0 / 3 - 1)) < 1e-12)
    #expect(abs(baseline.blindScore(of: pairs, on: questions[2]) - 2.0 / 3) < 1e-12)
    #expect(try earned([1, 2, 0], questions[2]) == 0 && earned([1, 0, 2], questions[2]) == 1)
    var unknown = order([1, 2, 0])
    unknown.task = "other"
    #expect(abs(baseline.blindScore(of: pairs, on: unknown) - 0.5) < 1e-12, "any order, where none is usual")
    var choices = [1, 1, 2].map { RewardSpecTests.question(.choice($0)) }
    for index in choices.indices { choices[index].choices = ["a", "b", "c", "d"] }
    baseline.blind.fit(to: choices)
    #expect(baseline.blind.answers(to: choices[0]) == [.choice(1)])
    #expect(baseline.blindScore(of: try Self.reward("choice"), on: choices[2]) == 0.25)
    #expect(baseline.blindScore(of: try Self.reward("choice"), on: choices[0]) == 1)
  }

  /// MusTBench's table does not say how long tracks are: a comb over an endless track took all memory.
  @Test func withoutALengthOnlySecondsAreBlindAnswers() {
    var blind = BlindAnswers(seconds: [30], shares: [0, 0.5], spans: [0, 1])
    let question = Question(
      id: "q", trackID: "t", task: "mtr", text: "", kind: .intervals, references: [.intervals([Interval(10, 20)])],
      duration: .infinity)
    #expect(blind.answers(to: question) == [])
    var instant = question
    (instant.kind, instant.references) = (.instant, [.instant(10)])
    #expect(blind.answers(to: instant) == [.instant(0), .instant(30)])
    blind.habits = [.comb]
    var day = question
    day.duration = 86_400
    guard case .intervals(let comb)? = blind.answers(to: day).first else { return #expect(Bool(false)) }
    #expect(comb.count == 8_640 && comb.last == Interval(86_390, 86_395))
  }
}
