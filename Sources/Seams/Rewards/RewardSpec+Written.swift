package import Options

extension RewardSpec {
  /// What an experiment file would have to say to make this composition: `rewards` and `reward-total`.
  package var written: [OptionEntry] {
    [
      OptionEntry(key: "rewards", value: OptionValue(.list(components.map(\.written)))),
      OptionEntry(key: "reward-total", value: OptionValue(.text(total.rawValue))),
    ]
  }

  /// Components whose reward has options and does not say what they are, so that no file could make it again.
  package var unwritable: [String] {
    components.filter { component in
      guard component.options.isEmpty, !(component.reward is any ConfigurableReward) else { return false }
      var options = OptionReader()
      _ = type(of: component.reward).init(options: &options)
      return !options.resolved.isEmpty
    }.map(\.label)
  }
}

extension RewardComponent {
  fileprivate var written: OptionValue {
    var entries = [OptionEntry(key: "reward", value: OptionValue(.text(type(of: reward).name)))] + options
    entries += [
      OptionEntry(key: "label", value: OptionValue(.text(label))),
      OptionEntry(key: "weight", value: OptionValue(.number(weight))),
      OptionEntry(key: "tasks", value: OptionValue(.list(tasks.map { OptionValue(.text($0)) }))),
      OptionEntry(key: "gate", value: OptionValue(.text(gate.rawValue))),
      OptionEntry(key: "normalize", value: OptionValue(.flag(isNormalized))),
      OptionEntry(key: "credit", value: OptionValue(.text(credit.rawValue))),
    ]
    if let baseline { entries.append(OptionEntry(key: "baseline", value: baseline.written)) }
    return OptionValue(.map(entries))
  }
}

extension RewardBaseline {
  fileprivate var written: OptionValue {
    func numbers(_ numbers: [Double]) -> OptionValue { OptionValue(.list(numbers.map { OptionValue(.number($0)) })) }
    return OptionValue(
      .map([
        OptionEntry(key: "answers", value: OptionValue(.list(blind.habits.map { OptionValue(.text($0.rawValue)) }))),
        OptionEntry(key: "seconds", value: numbers(blind.seconds)),
        OptionEntry(key: "shares", value: numbers(blind.shares)),
        OptionEntry(key: "spans", value: numbers(blind.spans)),
        OptionEntry(key: "most", value: OptionValue(.number(most))),
        OptionEntry(key: "below", value: OptionValue(.number(below))),
      ]))
  }
}
