package import Questions

extension RewardSpec {
  /// Labels of the components that subtract a baseline.
  package var baselineLabels: [String] { components.filter { $0.baseline != nil }.map(\.label) }

  /// What its baselines were fitted to, in a sentence; `nil` where it has none.
  package var baselineNote: String? {
    guard !baselineLabels.isEmpty else { return nil }
    let names = "baseline of \(baselineLabels.joined(separator: ", "))"
    guard let priors else {
      return
        "\(names): fitted to no questions, so it subtracts only answers that need no data; a run subtracts the usual answers of its "
        + "training questions as well and pays less"
    }
    return "\(names): fitted to \(priors.description)"
  }

  /// The tasks of questions that no reward judges, whose completions earn nothing and teach nothing; a sentence each.
  package func unjudgedTasks(of questions: [Question]) -> [String] {
    var seen: Set<String> = []
    let firsts = questions.filter { seen.insert($0.task).inserted }
    let unjudged = firsts.filter { question in
      guard
        !components.indices.contains(where: { components[$0].isWide && !components[$0].isShaping && applies($0, to: question) })
      else { return false }
      let exact = Reading(outcome: .answered, answer: question.references[0], isStrict: true)
      return judge(exact, in: Response(text: ""), to: question).total == nil
    }
    return unjudged.map(\.task).sorted().map { task in
      "no reward judges the questions of the task '\(task)', which earn null: see the rewards' 'tasks', or name the task as they do"
    }
  }

  /// Has its warnings say which tasks of these questions no reward judges.
  package mutating func noteUnjudgedTasks(of questions: [Question]) {
    warnings += unjudgedTasks(of: questions).filter { !warnings.contains($0) }
  }
}
