package import Options
package import Questions

extension TaskCatalog {
  /// The measures of all tasks, each once.
  package var measures: [BenchmarkMeasure] { Set(all.flatMap { type(of: $0).measures }).sorted() }

  /// What every task's questions have in common.
  package var forms: QuestionForms { QuestionForms(all.map { type(of: $0).form }) }

  /// The measure of this name that a task lists, else one that another does; `nil` where none does.
  package func measure(_ name: String, of task: String) -> BenchmarkMeasure? {
    let own = self[task].map { type(of: $0).measures } ?? []
    return own.first { $0.name == name } ?? all.lazy.flatMap { type(of: $0).measures }.first { $0.name == name }
  }

  /// A measure as a person reads it; its name where no task lists it.
  package func title(ofMeasure name: String, task: String) -> String { measure(name, of: task)?.title ?? name }

  /// The measure that stands for a task; of a task that is not listed the first of those that its answers have.
  package func headline(of task: String, among names: some Collection<String> = []) -> String? {
    if let own = self[task] { return type(of: own).headline?.name }
    return names.sorted { BenchmarkMeasure($0, formula: "") < BenchmarkMeasure($1, formula: "") }.first
  }

  /// The rows of a comparison: of each task that has answers, in the order of the catalogue, its headline and then its other measures.
  ///
  /// - Parameter scored: task → the measures that its answers have.
  package func compared(_ scored: [String: Set<String>]) -> [(task: String, metric: String)] {
    let strangers = scored.keys.filter { self[$0] == nil }.sorted()
    return (names + strangers).flatMap { task -> [(task: String, metric: String)] in
      let found = scored[task] ?? []
      let headline = headline(of: task, among: found)
      let others = found.map { BenchmarkMeasure($0, formula: "") }.sorted().map(\.name).filter { $0 != headline }
      return ([headline].compactMap { $0 }.filter(found.contains) + others).map { (task, $0) }
    }
  }
}
