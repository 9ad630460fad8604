import Foundation
import Questions
import RewardAudit
import Testing

@testable import Judging

/// The shipped compositions on 150 tracks of the Harmonix Set (github.com/urinieto/harmonixset, MIT), evenly drawn.
@Suite("The shipped compositions of rewards") struct AuditFilesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  static func audit(_ spec: String) throws -> Audit {
    let root = folder.deletingLastPathComponent().deletingLastPathComponent()
    return try Audit(
      spec: root.appending(path: "experiments/rewards/\(spec).yaml").path(percentEncoded: false),
      file: folder.appending(path: "Golden/harmonix_segments.jsonl").path(percentEncoded: false), label: "chorus",
      options: AuditOptions())
  }

  @Test("hold on real annotations", arguments: ["instants", "intervals", "orderings"])
  func defaults(spec: String) throws {
    let audit = try Self.audit(spec)
    let kind = try #require(audit.report.kinds.first)
    #expect(kind.violations.isEmpty, "\(kind.violations)")
    #expect(!audit.isExploitable)
    #expect(try #require(kind.ratio) <= 0.6)
    #expect(try #require(kind.spearman) >= 0.85)
    if spec == "instants" { #expect(try #require(kind["best-constant"]).mean <= 0.05) }
    if spec == "orderings" { #expect(try #require(kind["prior"]).mean < 0.15, "the usual order of sections") }
  }

  @Test("that of MusT can be exploited, and the report says how")
  func must() throws {
    let audit = try Self.audit("must")
    #expect(audit.isExploitable)
    #expect(audit.report.kinds.map(\.kind) == [.instant, .intervals])
    #expect(audit.report.kinds.allSatisfy { ($0.ratio ?? 0) > 0.6 && $0.violations.contains { $0.check == .blind } })
    #expect(audit.table.contains("✗ blind"))
  }

  @Test("the JSON has the keys that were promised, and the page stands alone")
  func files() throws {
    let audit = try Self.audit("intervals")
    let output = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    let path = output.path(percentEncoded: false)
    try audit.write(json: path)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: output)) as? [String: Any])
    let policies = try #require(object["policies"] as? [String: Double])
    let best = try #require(object["bestBlind"] as? Double)
    let honest = try #require(object["honest15"] as? Double)
    #expect(policies["noise-15"] == honest && policies.values.contains(best))
    #expect(abs(try #require(object["ratio"] as? Double) - best / honest) < 1e-12)
    #expect(object["spearman"] is Double && object["tiedGroups"] is Double)
    #expect((object["violations"] as? [Any])?.isEmpty == true)
    try audit.write(html: path)
    let page = try String(contentsOf: output, encoding: .utf8)
    #expect(page.contains("<svg") && !page.contains("http://") && !page.contains("https://") && !page.contains("<script"))
  }
}
