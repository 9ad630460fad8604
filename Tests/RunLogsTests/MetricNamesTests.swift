import RunLogs
import Testing

struct MetricNamesTests {
  private let names = MetricNames(values: ["<task>": ["tsg", "mtr"], "<metric>": ["hit@3s", "iou"]])

  @Test(arguments: [
    "reward/*", "*", "*/mean", "reward/*/mean", "reward/onset-error/mean", "evaluation/*/greedy",
    "evaluation/tsg/hit@3s/greedy",
    "evaluation/encoder/transition_f1", "*distribution", "c*s", "algorithm/coefficient", "*/tsg/*", "reward/a*b/std",
    "time/step",
  ])
  func whatARunMayLogFits(_ pattern: String) {
    #expect(names.fit(pattern))
  }

  @Test(arguments: [
    "rewrd/*", "reward", "reward/a/b/c/d", "reward/*/mean/*/x", "evaluation/tsg/hti@3s/greedy", "evaluation/tgs/*",
    "evaluation/*/hti@3s/*", "time/steps", "policy/", "", "reward//mean",
  ])
  func whatNoRunLogsDoesNot(_ pattern: String) {
    #expect(!names.fit(pattern))
  }

  @Test func theClosestAreNamed() throws {
    let complaint = try #require(names.complaint(about: "evaluation/tsg/hti@3s/greedy"))
    #expect(complaint.contains("closest: 'evaluation/tsg/hit@3s/greedy'"), "\(complaint)")
    #expect(names.complaint(about: "policy/entropy") == nil)
    #expect(MetricNames().fit("evaluation/any/thing/greedy"), "what is not known is free")
  }

  @Test func everyDocumentedNameFitsItself() {
    for metric in MetricCatalog.all {
      #expect(MetricNames().fit(metric.name.replacing(/<[a-z]+>/, with: "x")), "\(metric.name)")
    }
  }
}
