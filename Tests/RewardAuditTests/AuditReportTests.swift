import Foundation
import Questions
import RewardAudit
import Rewards
import Testing

@Suite("Report of an audit")
struct AuditReportTests {
  static let report = RewardAudit(
    ExampleSpec.spec([ExampleSpec.component("interval-iou"), ExampleSpec.component("onset-error")])
  ).report(on: ExampleTracks.questions(count: 20))

  @Test("The JSON has every number by name; what is no number is null")
  func json() throws {
    let object = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(Self.report)) as? [String: Any])
    let policies = try #require(object["policies"] as? [String: Any])
    #expect(policies["exact"] as? Double == 1)
    #expect(policies["noise-15"] as? Double == object["honest15"] as? Double)
    let best = try #require(object["bestBlindPolicy"] as? String)
    #expect(policies[best] as? Double == object["bestBlind"] as? Double)
    let ratio = try #require(object["ratio"] as? Double)
    #expect(abs(ratio - (object["bestBlind"] as? Double ?? 0) / (object["honest15"] as? Double ?? 1)) < 1e-12)
    #expect(object["spearman"] is Double && object["tiedGroups"] is Double)
    #expect(Set(try #require(object["kinds"] as? [String: Any]).keys) == ["instant", "intervals"])
    let violations = try #require(object["violations"] as? [[String: Any]])
    #expect(violations.contains { $0["check"] as? String == "unreadable" })
    #expect(object["exploitable"] as? Bool == true)
  }

  @Test("A reward that is not a number is null")
  func null() throws {
    let spec = ExampleSpec.spec([ExampleSpec.component("unchecked-transport")], catalog: PublishedForms.catalog)
    let report = RewardAudit(spec).report(on: ExampleTracks.questions(of: .intervals, count: 10))
    let object = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any])
    #expect((object["policies"] as? [String: Any])?["overflow"] is NSNull)
    #expect(object["bestBlind"] is NSNull || object["bestBlind"] == nil)
  }

  @Test("The table names every policy and every violation")
  func table() throws {
    let table = Self.report.table
    for kind in Self.report.kinds {
      for policy in kind.policies { #expect(table.contains("  \(policy.name) ")) }
      for violation in kind.violations { #expect(table.contains(violation.message)) }
    }
  }

  @Test("The page needs nothing else, and nothing in it becomes markup")
  func page() {
    let html = AuditPage(Self.report, title: "<b>&", configuration: "x: <script>").html
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(html.contains("Audit of &lt;b&gt;&amp;"))
    #expect(!html.contains("<script") && !html.contains("http") && !html.contains("<img") && !html.contains("NaN"))
    #expect(html.components(separatedBy: "<svg").count == 7, "three drawings a kind")
    #expect(html.components(separatedBy: "<svg").count == html.components(separatedBy: "</svg>").count)
  }

  @Test("No question judged: an empty report")
  func empty() {
    let report = RewardAudit(ExampleSpec.intervals).report(on: ExampleTracks.questions(of: .order))
    #expect(report.kinds.isEmpty && !report.isExploitable && report.worst == nil)
    #expect(report.table == "The composition judges none of the questions.\n")
  }
}
