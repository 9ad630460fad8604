import Foundation
import Options
import Questions
import RewardAudit
import Rewards
import Testing

@Suite("Audit of rewards")
struct RewardAuditTests {
  @Test("The default for intervals holds on made-up tracks: nothing is found")
  func intervals() throws {
    let report = RewardAudit(ExampleSpec.intervals).report(on: ExampleTracks.questions())
    let audit = try #require(report.kinds.first)
    #expect(report.kinds.count == 1, "it judges neither instants nor orders")
    #expect(audit.violations.isEmpty, "\(audit.violations)")
    #expect(audit.questionCount == 60)
    #expect(abs(try #require(audit["exact"]).mean - 1.2) < 1e-9)
    #expect(try #require(audit.ratio) < 0.6)
    #expect(try #require(audit.spearman) > 0.9)
    #expect(!report.isExploitable)
  }

  @Test("The default for instants leaves a constant nothing")
  func instants() throws {
    let report = RewardAudit(ExampleSpec.instants).report(on: ExampleTracks.questions())
    let audit = try #require(report.kinds.first)
    #expect(audit.kind == .instant)
    #expect(audit.violations.isEmpty, "\(audit.violations)")
    #expect(try #require(audit["best-constant"]).mean <= 0.05)
    #expect(try #require(audit["exact"]).mean == 1)
  }

  @Test("Orders that follow no rule cannot be guessed")
  func orders() throws {
    let spec = ExampleSpec.spec([
      ExampleSpec.component("ordering", [("measure", .text("pairs")), ("baseline", .map([]))]), ExampleSpec.penalties[1],
    ])
    let audit = try #require(RewardAudit(spec).report(on: ExampleTracks.orders()).kinds.first)
    #expect(audit.violations.isEmpty, "\(audit.violations)")
    #expect(try #require(audit["hedging"]).readable == 0)
    #expect(try #require(audit.ratio) < 0.35)
  }

  @Test("Choices and texts are audited as well")
  func words() throws {
    let choices = (0..<40).map { index in
      Question(
        id: "c\(index)", trackID: "t", task: "ltr", text: "Which?", kind: .choice, choices: ["up", "down", "same", "none"],
        references: [.choice(index * 7 % 4)], duration: .infinity)
    }
    let sentences = [
      "the drums enter softly", "a guitar solo starts here", "the voice grows louder", "everything stops at once",
    ]
    let texts = (0..<40).map { index in
      Question(
        id: "d\(index)", trackID: "t", task: "tad", text: "What happens?", kind: .text,
        references: [.text("\(sentences[index % 4]) after \(index)")], duration: .infinity)
    }
    let spec = ExampleSpec.spec([
      ExampleSpec.component("choice", [("baseline", .map([]))]), ExampleSpec.component("meteor"), ExampleSpec.penalties[1],
    ])
    let report = RewardAudit(spec).report(on: choices + texts)
    #expect(report.kinds.map(\.kind) == [.choice, .text])
    #expect(report.kinds[0].violations.isEmpty, "\(report.kinds[0].violations)")
    #expect(try #require(report.kinds[0]["exact"]).mean == 1)
    #expect(abs(try #require(report.kinds[0]["first-option"]).mean) < 0.2)
    #expect(try #require(report.kinds[1]["exact"]).mean > 0.95)
    #expect(try #require(report.kinds[1]["noise-15"]).mean < 0.9)
  }

  @Test("The same seed gives the same report, another seed other noise")
  func repeatable() throws {
    let questions = ExampleTracks.questions(of: .intervals, count: 20)
    func json(_ seed: UInt64) throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(RewardAudit(ExampleSpec.intervals, options: AuditOptions(seed: seed)).report(on: questions))
    }
    #expect(try json(3) == json(3))
    #expect(try json(3) != json(4))
  }

  @Test("References past the end of a track end no audit")
  func pastTheEnd() throws {
    let questions = ExampleTracks.questions(of: .intervals, count: 20).map { question in
      var question = question
      question.duration *= 0.3
      return question
    }
    let audit = try #require(RewardAudit(ExampleSpec.intervals).report(on: questions).kinds.first)
    #expect(audit.questionCount == questions.count && audit["tiny-right"] != nil)
  }

  @Test("Thresholds decide")
  func thresholds() throws {
    let questions = ExampleTracks.questions(of: .intervals)
    let strict = AuditOptions(maxRatio: -10, minSpearman: 1, maxTied: -1)
    let audit = try #require(RewardAudit(ExampleSpec.intervals, options: strict).report(on: questions).kinds.first)
    #expect(audit.violations.map(\.check) == [.blind, .spearman, .ties])
  }

  @Test("More noise earns less, and a right answer most")
  func noise() throws {
    let audit = try #require(RewardAudit(ExampleSpec.intervals).report(on: ExampleTracks.questions(of: .intervals)).kinds.first)
    let means = audit.spreads.map(\.mean)
    #expect(audit.spreads.map(\.noise) == [2, 5, 15, 30])
    #expect(zip(means, means.dropFirst()).allSatisfy { $0 > $1 })
    #expect(try #require(audit["exact"]).mean > means[0])
    #expect(audit.spreads.allSatisfy { $0.tied == 0 && $0.deviation > 0 })
  }

  /// Onsets of tracks of 40 to 56 s, each second of the middle as likely.
  private static func shortTracks(_ count: Int) -> [Question] {
    (0..<count).map { index in
      let duration = 40 + Double(index * 7 % 17)
      return Question(
        id: "s\(index)", trackID: "s\(index)", task: "tsg", text: "When?", kind: .instant,
        references: [.instant((2 + Double(index * 13 % 36)).rounded())], duration: duration)
    }
  }

  @Test("Noise is less on short tracks, so that the default holds on them, and the words say so")
  func shortTracks() throws {
    let report = RewardAudit(ExampleSpec.instants).report(on: Self.shortTracks(200))
    let audit = try #require(report.kinds.first)
    #expect(audit.violations.isEmpty, "\(audit.violations)")
    #expect(audit.honest15 > 0.1)
    // 15 s at 150 s are 4.8 s at 48 s: E|d| = σ·√(2/π) = 3.8 s, less what the ends of the track cut off.
    let error = -(try #require(audit["noise-15"]?.metric))
    #expect(error > 3 && error < 4.2)
    #expect(audit.yardstick == "15 s of noise, in proportion less on tracks under 150 s")
    #expect(report.table.contains("policy") && report.table.contains("15 s of noise, in proportion less"))
    let long = try #require(RewardAudit(ExampleSpec.instants).report(on: ExampleTracks.questions(of: .instant)).kinds.first)
    #expect(long.yardstick.hasPrefix("15 s of noise"))
  }

  @Test("A yardstick that earns nothing is said to, and is no finding where blind answers earn nothing either")
  func yardstick() throws {
    // Nothing but the right second counts.
    let spec = ExampleSpec.spec(
      [
        ExampleSpec.component("onset-error", [("form", .text("hit")), ("scale", .number(0.001)), ("baseline", .map([]))])
      ] + ExampleSpec.penalties)
    let audit = try #require(RewardAudit(spec).report(on: Self.shortTracks(40)).kinds.first)
    #expect(audit.ratio == nil || audit.honest15 > 0)
    if let blind = audit.violations.first(where: { $0.check == .blind }) { #expect(blind.message.contains("at fault")) }
  }

  @Test("Few questions are said to be few; letters and texts have no seconds; a baseline is not advised to those who have one")
  func messages() throws {
    let audit = try #require(RewardAudit(ExampleSpec.instants).report(on: Array(Self.shortTracks(2))).kinds.first)
    #expect(audit.notes.contains { $0.hasPrefix("2 questions only") })
    let choices = [0, 1].map { index in
      Question(
        id: "c\(index)", trackID: "t", task: "ltr", text: "Which?", kind: .choice, choices: ["up", "down", "same"],
        references: [.choice(index)], duration: .infinity)
    }
    let table = RewardAudit(ExampleSpec.spec([ExampleSpec.component("choice"), ExampleSpec.penalties[1]])).report(on: choices)
      .table
    #expect(!table.contains("15 s of noise") && table.contains("the right option heard in 68 % of cases"))
    let strict = AuditOptions(maxConstant: -2)
    func advice(_ spec: RewardSpec) throws -> String {
      let audit = try #require(RewardAudit(spec, options: strict).report(on: Self.shortTracks(40)).kinds.first)
      return try #require(audit.violations.first { $0.check == .constant }).message
    }
    #expect(try !advice(ExampleSpec.instants).contains("subtract a baseline"))
    #expect(
      try advice(ExampleSpec.spec([ExampleSpec.component("onset-error")] + ExampleSpec.penalties)).contains(
        "subtract a baseline"))
  }

  @Test("Baselines that were fitted elsewhere are taken as they are")
  func told() throws {
    let questions = Self.shortTracks(60)
    var spec = ExampleSpec.instants
    spec.take(BlindPriors(fittedTo: ExampleTracks.questions(of: .instant), named: "a run"))
    let (told, own) = (RewardAudit(spec).report(on: questions), RewardAudit(ExampleSpec.instants).report(on: questions))
    #expect(try #require(told.baselines).contains("of a run") && told.kinds[0].bestBlind != own.kinds[0].bestBlind)
    spec.fitBaselines(to: questions)
    #expect(RewardAudit(spec).report(on: questions).kinds[0].policies == own.kinds[0].policies)
  }
}
