public import Options
public import Questions

/// What an answer drawn without listening scores on average.
///
/// - A choice: one over the number of options.
/// - Everything else: the mean score of the references of other questions of the same task and category, given as answers. An
///   interval drawn so is as long as intervals usually are; a time comes when times usually come.
///
/// Other questions are taken at most `mostShifts` places further on in the list, which bounds the work.
public enum ChanceScore {
  private static let mostShifts = 50

  /// Column name, such as `tsg/onset/hit@3s`, to the mean; columns of tasks with one question alone are not there.
  public static func columns(for questions: [Question], tasks: TaskCatalog = .builtIn) -> [String: Double] {
    var sums: [String: (total: Double, count: Int)] = [:]
    func add(_ name: String, _ value: Double) {
      let old = sums[name] ?? (0, 0)
      sums[name] = (old.total + value, old.count + 1)
    }
    // In a fixed order: a dictionary's changes from process to process, and with it the last bits of the sums.
    let groups = Dictionary(grouping: questions) { [$0.task, $0.category, $0.kind.rawValue] }
    for group in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).map(\.value) {
      for (index, question) in group.enumerated() {
        if question.kind == .choice {
          add(
            BenchmarkTable.columnName(question.task, "", .accuracy),
            Double(question.references.count) / Double(max(1, question.choices.count)))
          continue
        }
        for shift in 1..<max(1, min(group.count, mostShifts + 1)) {
          let other = group[(index + shift) % group.count].references[0]
          let reading = Reading(outcome: .answered, answer: other, isStrict: true)
          let category = question.task == "tsg" ? question.category : ""
          for (measure, value) in QuestionScore(of: reading, to: question, by: tasks).values {
            add(BenchmarkTable.columnName(question.task, category, measure), value)
          }
        }
      }
    }
    return sums.mapValues { $0.total / Double($0.count) }
  }
}
