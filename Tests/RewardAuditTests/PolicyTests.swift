import Questions
import Randomness
import Rewards
import Testing
import Timelines

@testable import RewardAudit

@Suite("Policies of an audit")
struct PolicyTests {
  @Test("Gaussian numbers have mean 0 and deviation 1, and two thirds lie within 1")
  func gaussian() {
    var stream = RandomStream(seed: 5)
    let values = (0..<20_000).map { _ in stream.gaussian() }
    let mean = values.reduce(0, +) / 20_000
    #expect(abs(mean) < 0.02)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.03)
    #expect(abs(Double(values.count { abs($0) <= 1 }) / 20_000 - 0.6827) < 0.01)
  }

  @Test("Jittered intervals stay in the track and run forward")
  func jitter() {
    var stream = RandomStream(seed: 6)
    for _ in 0..<500 {
      let interval = Interval(3, 9).jittered(by: 30, duration: 40, stream: &stream)
      #expect(interval.start >= 0 && interval.end <= 40)
    }
  }

  @Test("The prior covers what most references cover; the median is that of the first intervals")
  func prior() {
    let questions = [10.0, 20, 30].map { start in
      Question(
        id: "\(start)", trackID: "", task: "", text: "", kind: .intervals,
        references: [.intervals([Interval(start, 50), Interval(80, 90)])], duration: 100)
    }
    let prior = CoveragePrior(questions)
    #expect(prior.intervals(share: 0.5, in: questions[0]) == [Interval(20, 50), Interval(80, 90)])
    #expect(prior.intervals(share: 1, in: questions[0]) == [Interval(30, 50), Interval(80, 90)])
    #expect(prior.medianFirst == (0.2, 0.5))
  }

  @Test("The mode is the middle of the fullest window of 6 s")
  func mode() {
    #expect(BlindPolicies.mode([1, 20, 22, 26, 27, 60]) == 23)
    #expect(BlindPolicies.mode([]) == 0)
  }

  @Test("Every blind policy of intervals answers in text that is one of the track's length")
  func texts() throws {
    let questions = ExampleTracks.questions(of: .intervals, count: 4)
    let blind = BlindPolicies(questions: questions, pricing: AnswerPricing(spec: ExampleSpec.intervals), sheet: AnswerSheet())
    let policies = blind.policies(for: .intervals)
    #expect(Set(policies.map(\.name)).count == policies.count)
    var stream = RandomStream(seed: 1)
    let question = questions[0]
    let reader = AnswerReader(AnswerForm(question))
    func read(_ name: String) throws -> Reading {
      reader.read(try #require(policies.first { $0.name == name }).answer(question, &stream))
    }
    #expect(try read("whole-track").answer == .intervals([Interval(0, (question.duration * 1e6).rounded() / 1e6)]))
    #expect(try read("inverted") == .unreadable(.reversed))
    #expect(try read("format-only").answer == nil)
    #expect(try read("abstain").outcome == .empty)
    #expect(try read("overflow").answer == nil)
    if case .intervals(let comb)? = try read("comb-1-of-10").answer {
      #expect(comb.count == Int((question.duration / 10).rounded(.up)))
    }
  }

  @Test("Metrics are those of the benchmark")
  func metrics() {
    func value(_ kind: AnswerKind, _ references: [Answer], _ answer: Answer?) -> Double? {
      let question = Question(id: "", trackID: "", task: "", text: "", kind: kind, references: references, duration: 100)
      return BenchmarkMetric.value(
        of: Reading(outcome: answer == nil ? .empty : .answered, answer: answer, isStrict: true), to: question)
    }
    #expect(value(.intervals, [.intervals([Interval(0, 10)])], .intervals([Interval(5, 15)])) == 1.0 / 3)
    #expect(value(.intervals, [.intervals([])], nil) == 1)
    #expect(value(.instant, [.instant(10), .instant(50)], .instant(44)) == -6)
    #expect(value(.order, [.order([2, 0, 1])], .order([2, 0, 1])) == 1)
    #expect(value(.order, [.order([2, 0, 1])], .order([1, 0, 2])) == -1)
    #expect(value(.choice, [.choice(2)], .choice(1)) == 0)
    #expect(value(.instant, [.instant(10)], nil) == nil)
  }

  @Test("Gaps are what a set leaves of the track")
  func gaps() {
    #expect(IntervalSet([Interval(0, 5), Interval(10, 20)]).gaps(in: 30) == [Interval(5, 10), Interval(20, 30)])
    #expect(IntervalSet([]).gaps(in: 3) == [Interval(0, 3)])
  }

  @Test("Whole seconds are written where form pays")
  func form() {
    let question = ExampleTracks.questions(of: .intervals, count: 1)[0]
    let plain = ExampleSpec.spec([ExampleSpec.component("interval-iou")])
    let form = ExampleSpec.spec([ExampleSpec.component("interval-iou"), ExampleSpec.component("strict-format")])
    #expect(!AnswerPricing(spec: plain).paysForForm(question))
    #expect(AnswerPricing(spec: form).paysForForm(question))
    #expect(AnswerSheet(wholeSeconds: true).text([Interval(1.7, 62.9)], to: question) == "0:01-1:02")
  }
}
