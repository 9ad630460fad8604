public import Questions

extension RewardSpec {
  /// Reads a completion and judges it: the one way from a text to its reward, for the loop and for everybody else.
  ///
  /// - Parameter reader: that of the question's form, for those who read many completions of one question.
  public func judge(
    _ response: Response, to question: Question, by reader: AnswerReader? = nil
  ) -> (reading: Reading, judgement: Judgement) {
    let reading = (reader ?? AnswerReader(AnswerForm(question))).read(response.text)
    return (reading, judge(reading, in: response, to: question))
  }

  /// Labels of the components that subtract a baseline.
  public var baselineLabels: [String] { components.filter { $0.baseline != nil }.map(\.label) }

  /// What its baselines were fitted to, in a sentence; `nil` where it has none.
  public var baselineNote: String? {
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
  public func unjudgedTasks(of questions: [Question]) -> [String] {
    var seen: Set<String> = []
    let firsts = questions.filter { seen.insert($0.task).inserted }
    let unjudged = firsts.filter { question in
      let exact = Reading(outcome: .answered, answer: question.references[0], isStrict: true)
      return judge(exact, in: Response(text: "", tokenCount: nil, isTruncated: false), to: question).total == nil
    }
    return unjudged.map(\.task).sorted().map { task in
      "no reward judges the questions of the task '\(task)', which earn null: see the rewards' 'tasks', or name the task as they do"
    }
  }

  /// Has its warnings say which tasks of these questions no reward judges.
  public mutating func noteUnjudgedTasks(of questions: [Question]) {
    warnings += unjudgedTasks(of: questions).filter { !warnings.contains($0) }
  }

  /// What components lack of what they need, a sentence each; `isUnderWay` where a step was known before or a state was restored.
  public func shortfalls(lacking needs: Set<RewardNeed>, isUnderWay: Bool = false) -> [String] {
    func labels(_ need: RewardNeed) -> String {
      components.filter { needs.contains(need) && type(of: $0.reward).needs.contains(need) }.map(\.label).joined(
        separator: ", ")
    }
    let (steps, tokens) = (labels(.step), labels(.tokenCount))
    let lackingSteps =
      isUnderWay
      ? "\(steps) follows a schedule and of some completions no step is known: those after one with a step are judged as at that step, "
        + "others as at the first or as a restored state has it"
      : "\(steps) follows a schedule and no step is known: it is judged as at the first step"
    return (steps.isEmpty ? [] : [lackingSteps])
      + (tokens.isEmpty
        ? [] : ["\(tokens) counts tokens and their number is not known: its score is null unless the completion was cut off"])
  }
}
