import Questions

/// What a composition asks of those who judge with it.
extension RewardSpec {
  /// What components cannot do without and a caller does not offer, a sentence each with the remedy: to be asked before the first step.
  ///
  /// Steps and numbers of tokens have fallbacks; see ``shortfalls(lacking:isUnderWay:)``.
  package func refusals(offering offers: Set<RewardNeed>, by caller: String) -> [String] {
    let lacking = RewardNeed.allCases.filter { !offers.contains($0) && !$0.hasFallback }
    let unmet = lacking.compactMap { need -> String? in
      let labels = components.filter { type(of: $0.reward).allNeeds.contains(need) }.map { "'\($0.label)'" }
      guard !labels.isEmpty else { return nil }
      let (what, remedy) = need.words
      return "\(Self.subject(labels)) \(what), which \(caller) does not have: \(remedy), or leave it out here"
    }
    let guessing = components.filter {
      $0.baseline != nil && type(of: $0.reward).allNeeds.contains(where: \.isOfPolicy)
    }.map { "'\($0.label)'" }
    guard !guessing.isEmpty else { return unmet }
    return unmet + [
      "\(Self.subject(guessing)) the policy that gave an answer, and nobody gave the blind answers of a baseline: leave out its `baseline`"
    ]
  }

  private static func subject(_ labels: [String]) -> String {
    labels.count == 1 ? "the reward \(labels[0]) needs" : "the rewards \(labels.joined(separator: ", ")) need"
  }

  /// What no check before a run can try: wide rewards that tell right from wrong; `nil` where there is none.
  var untried: String? {
    let labels = components.filter { $0.isWide && !$0.isShaping }.map(\.label)
    guard !labels.isEmpty else { return nil }
    return
      "\(labels.joined(separator: ", ")): no formula of one answer, so nothing says before the run whether a wrong answer is paid "
      + "less than the right one"
  }

  /// What components lack of what they need, a sentence each; `isUnderWay` where a step was known before or a state was restored.
  package func shortfalls(lacking needs: Set<RewardNeed>, isUnderWay: Bool = false) -> [String] {
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
