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

  /// What components lack of what they need, a sentence each.
  public func shortfalls(lacking needs: Set<RewardNeed>) -> [String] {
    func labels(_ need: RewardNeed) -> String {
      components.filter { needs.contains(need) && type(of: $0.reward).needs.contains(need) }.map(\.label).joined(
        separator: ", ")
    }
    let (steps, tokens) = (labels(.step), labels(.tokenCount))
    return (steps.isEmpty ? [] : ["\(steps) follows a schedule and no step is known: it is judged as at the first step"])
      + (tokens.isEmpty
        ? [] : ["\(tokens) counts tokens and their number is not known: its score is null unless the completion was cut off"])
  }
}
