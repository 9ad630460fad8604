package import MusTBench
package import RunLogs

extension MetricNames {
  /// Those of a run on these tasks of the benchmark.
  ///
  /// - Parameter measures: those of the tasks beside MusTBench's.
  package init(tasks: [String], measures: [BenchmarkMeasure] = []) {
    let all = Set(BenchmarkMeasure.mustBench + measures).sorted()
    self.init(values: ["<task>": tasks, "<metric>": all.map(\.name)])
  }
}
