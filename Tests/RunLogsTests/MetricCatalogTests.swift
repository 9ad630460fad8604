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

  /// Names in the code, with `x` for what is interpolated; a name that ends in it cannot be checked.
  @Test func everyMetricInTheSourcesIsListed() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    let namespaces = Set(MetricCatalog.all.compactMap { $0.name.split(separator: "/").first })
    for case let file as URL in files where file.pathExtension == "swift" && !file.path.contains("TaktTesting") {
      for literal in try String(contentsOf: file, encoding: .utf8).split(separator: "\"") {
        let name = String(literal.replacing(/\\\([^)]*\)+/, with: "x"))
        guard let namespace = name.split(separator: "/").first, namespaces.contains(namespace), name.contains("/"),
          name.wholeMatch(of: /[a-z]+(\/[A-Za-z0-9_@<>]+)+/) != nil, !name.hasSuffix("/x")
        else { continue }
        #expect(MetricCatalog.metric(named: name) != nil, "\(file.lastPathComponent): \(name)")
      }
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
