import Options

extension RewardSpec {
  /// Gives an option of a reward another value from now on; what an adaptive reward has learnt stays.
  ///
  /// Returns what is wrong, with the remedy, and then changes nothing.
  public mutating func set(_ option: String, of label: String, to value: Double) -> String? {
    guard let index = labels.firstIndex(of: label) else {
      return "no reward has the label '\(label)'; there are: \(labels.joined(separator: ", "))"
    }
    let reward = rewards[index]
    let known = components[index].options
    let isNumber = known.contains { entry in
      if case .number = entry.value.content { entry.key == option } else { false }
    }
    guard isNumber else {
      let numbers = known.filter { if case .number = $0.value.content { true } else { false } }.map(\.key)
      return "the reward '\(label)' has no option '\(option)' that is a number; there are: \(numbers.joined(separator: ", "))"
    }
    let entries = known.map { entry in
      entry.key == option ? OptionEntry(key: option, value: OptionValue(.number(value))) : entry
    }
    var options = OptionReader(OptionValue(.map(entries)), path: label)
    var made: any Reward = type(of: reward).init(options: &options)
    if let issue = options.closed().first { return issue.description }
    if let old = reward as? any AdaptiveReward, var new = made as? any AdaptiveReward {
      new.state = old.state
      made = new
    }
    replace(index, with: made)
    return nil
  }
}
