import Experiments
import Options

/// What a grid makes of each composition of rewards.
enum ComponentChoice: String, CaseIterable {
  /// The composition as it is.
  case whole
  /// The whole, and the whole without each component in turn.
  case leaveOneOut = "leave-one-out"
  /// The first component alone, and with each other one added.
  case addOneIn = "add-one-in"

  /// The axes with that of the rewards taken apart; where there is none, the base's composition is.
  ///
  /// Arms that lack a penalty may pay a wrong answer: they are let through as `allow-unsafe` does, and the log warns.
  func axes(_ axes: [AblationAxis], base: OptionValue?, issues: inout OptionReader) -> [AblationAxis] {
    var axes = axes
    if let index = axes.firstIndex(where: { $0.key == "rewards" }) {
      let isOne = axes[index].choices.count == 1
      axes[index].choices = axes[index].choices.flatMap { expanded($0, prefix: isOne ? "" : "\($0.name)-") }
      return axes
    }
    guard let rewards = base?["rewards"], case .list(let list) = rewards.content, list.count > 1 else {
      issues.record("needs a composition of at least two rewards, in the experiment or under grid.rewards", at: "components")
      return axes
    }
    let whole = AblationAxis.Choice(name: "all", changes: [("rewards", rewards)])
    return [AblationAxis(key: "rewards", choices: expanded(whole, prefix: ""))] + axes
  }

  private func expanded(_ choice: AblationAxis.Choice, prefix: String) -> [AblationAxis.Choice] {
    guard let place = choice.changes.firstIndex(where: { $0.path == "rewards" }),
      let rewards = choice.changes[place].value, case .list(let items) = rewards.content, items.count > 1
    else { return [choice] }
    let labels = rewards.rewardNames
    func part(_ name: String, _ indices: [Int]) -> AblationAxis.Choice {
      var changes = choice.changes
      changes[place].value = OptionValue(.list(indices.map { items[$0] }), line: rewards.line)
      if indices.count < items.count {
        changes.removeAll { $0.path == "allow-unsafe" }
        changes.append(("allow-unsafe", OptionValue(.flag(true))))
      }
      return AblationAxis.Choice(name: prefix + name, changes: changes)
    }
    let all = Array(items.indices)
    switch self {
    case .whole: return [choice]
    case .leaveOneOut:
      return [part("all", all)] + all.map { left in part("without-\(labels[left])", all.filter { $0 != left }) }
    case .addOneIn:
      return [part("\(labels[0])-alone", [0])] + all.dropFirst().map { part("with-\(labels[$0])", [0, $0]) }
    }
  }
}
