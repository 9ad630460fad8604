import Foundation
import RunLogs
import Testing

struct MetricCatalogTests {
  @Test func theGuideShowsTheList() throws {
    let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../docs/metrics.md")
    let page = try String(contentsOf: guide, encoding: .utf8)
    let tables = try #require(page.split(separator: "<!-- begin: MetricCatalog.markdown -->\n").last)
      .split(separator: "<!-- end -->")[0]
    #expect(tables == MetricCatalog.markdown, "replace the tables of docs/metrics.md by:\n\(MetricCatalog.markdown)")
  }

  @Test func namesAreUniqueAndHaveANamespace() {
    let names = MetricCatalog.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.contains("/") && name == name.lowercased(), "\(name)")
    }
  }

  @Test func concreteNamesFindTheirMetric() {
    #expect(MetricCatalog.metric(named: "reward/mean")?.formula == "⟨R⟩ over completions with a reward")
    #expect(MetricCatalog.metric(named: "reward/onset-error/mean")?.name == "reward/<label>/mean")
    #expect(MetricCatalog.metric(named: "evaluation/tsg/hit@3s/greedy")?.name == "evaluation/<task>/<metric>/greedy")
    for unknown in ["reward/onset-error", "reward//mean", "evaluation/tsg/hit@3s/beam", "mean", ""] {
      #expect(MetricCatalog.metric(named: unknown) == nil, "\(unknown)")
    }
  }
}
