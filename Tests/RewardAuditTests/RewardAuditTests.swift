import Foundation
import Options
import Questions
import RewardAudit
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
}
