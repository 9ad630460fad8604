import Options
import Questions
import RewardAudit
import Rewards
import Testing

@Suite("The audit finds what is wrong with published rewards")
struct PublishedFormsTests {
  static func audit(_ components: [OptionValue], of kind: AnswerKind = .intervals) throws -> KindAudit {
    let spec = ExampleSpec.spec(components, catalog: PublishedForms.catalog)
    let report = RewardAudit(spec).report(on: ExampleTracks.questions(of: kind, count: 20))
    return try #require(report.kinds.first)
  }

  static func checks(_ audit: KindAudit) -> Set<AuditViolation.Check> { Set(audit.violations.map(\.check)) }

  @Test("EchoInk pays [0, T]; [T, 0] beyond all bounds, and each copy of an answer again")
  func unmerged() throws {
    let audit = try Self.audit([ExampleSpec.component("unmerged-iou")])
    #expect(try #require(audit["inverted"]).mean > 1e9)
    #expect(audit.bestBlind?.name == "inverted")
    #expect(Self.checks(audit).isSuperset(of: [.range, .duplication, .blind, .beatsRight, .unreadable]))
  }

  @Test("TimeLens2's tgiou pays 1 for an infinite end, and a refusal more than an attempt")
  func signedGIoU() throws {
    let audit = try Self.audit([ExampleSpec.component("signed-giou")])
    #expect(try #require(audit["overflow"]).mean == 1)
    #expect(Self.checks(audit).isSuperset(of: [.refusal, .unreadable, .blind, .beatsRight]))
  }

  @Test("TimeLens2's twass is not a number for an infinite end")
  func transport() throws {
    let audit = try Self.audit([ExampleSpec.component("unchecked-transport")])
    #expect(try #require(audit["overflow"]).mean.isNaN)
    #expect(try #require(audit.bestBlind).mean.isNaN)
    #expect(audit.ratio == nil)
    #expect(Self.checks(audit).isSuperset(of: [.finite, .blind]))
  }

  @Test("A length penalty that garbage escapes makes refusing pay")
  func lengthPenalty() throws {
    let audit = try Self.audit([
      ExampleSpec.component("interval-iou"), ExampleSpec.component("length-ratio", [("weight", .number(0.5))]),
    ])
    #expect(Self.checks(audit).contains(.refusal))
  }

  @Test("Under the product form of soft F1 the whole track beats the right answer of some questions")
  func softF1Product() throws {
    let audit = try Self.audit([ExampleSpec.component("soft-f1", [("form", .text("product"))])] + ExampleSpec.penalties)
    #expect(Self.checks(audit).isSuperset(of: [.blind, .monotone, .wrong]))
    #expect(try #require(audit["exact"]).mean < 0.7)
  }

  @Test("Smoothed F1 and mass transport pay combs, tracks and tiny answers", arguments: ["min", "dice"])
  func softF1(form: String) throws {
    let audit = try Self.audit([ExampleSpec.component("soft-f1", [("form", .text(form))])] + ExampleSpec.penalties)
    #expect(try #require(audit["comb-5-of-10"]).mean > 0.4)
    #expect(Self.checks(audit).contains(.blind))
    #expect(try #require(audit.ratio) > 0.7)
  }

  @Test("Mass transport pays a tiny answer in the right place more than an honest one")
  func wasserstein() throws {
    let audit = try Self.audit([ExampleSpec.component("wasserstein")] + ExampleSpec.penalties)
    #expect(try #require(audit["tiny-right"]).mean > audit.honest15)
    #expect(Self.checks(audit).isSuperset(of: [.tiny, .blind, .spearman]))
  }

  @Test("1 − d/T pays a constant almost as much as a listener")
  func linear() throws {
    let audit = try Self.audit(
      [ExampleSpec.component("onset-error", [("form", .text("linear")), ("scale", .number(180))])] + ExampleSpec.penalties,
      of: .instant)
    #expect(Self.checks(audit).isSuperset(of: [.constant, .blind]))
    #expect(try #require(audit.ratio) > 0.85)
  }

  @Test("A hit within 3 s leaves groups without any spread")
  func hit() throws {
    let audit = try Self.audit(
      [ExampleSpec.component("onset-error", [("form", .text("hit")), ("scale", .number(3))])] + ExampleSpec.penalties,
      of: .instant)
    let spread = try #require(audit.spreads.first { $0.noise == 30 })
    #expect(spread.tied > 0.3 && spread.tied < 0.8)
    #expect(audit.tiedGroups > 0.1)
  }

  @Test("A reward for form alone is paid to any answer and to none")
  func form() throws {
    let audit = try Self.audit([
      ExampleSpec.component("interval-iou", [("weight", .number(0.1))]), ExampleSpec.component("strict-format"),
    ])
    #expect(Self.checks(audit).contains(.blind))
    #expect(try #require(audit["exact"]).mean > 1, "where form pays, times are written in whole seconds")
  }
}
