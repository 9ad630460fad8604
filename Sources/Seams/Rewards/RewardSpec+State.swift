package import Questions

/// What changes during a run: widths that follow a schedule or the policy, and blind answers that come from data.
extension RewardSpec {
  /// The state of every adaptive reward, under `<label>/<key>`: for checkpoints and logs.
  ///
  /// Keys of other components are ignored when it is set.
  package var state: [String: Double] {
    get {
      var all: [String: Double] = [:]
      for (component, reward) in zip(components, rewards) {
        for (key, value) in (reward as? any AdaptiveReward)?.state ?? [:] { all["\(component.label)/\(key)"] = value }
      }
      return all
    }
    set {
      for index in components.indices {
        let prefix = components[index].label + "/"
        let own = newValue.filter { $0.key.hasPrefix(prefix) }.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
        change(index) { $0.state = Dictionary(uniqueKeysWithValues: own) }
      }
    }
  }

  /// Whether no reward changes during a run, so that answers may be judged in any order.
  package var isFixed: Bool { !rewards.contains { $0 is any AdaptiveReward } }

  /// Whether any reward follows the answers that it is shown, so that their order counts.
  package var learns: Bool {
    rewards.contains { $0 is any AdaptiveReward && !type(of: $0).needs.contains(.step) }
  }

  /// To be called before the answers of a step are judged; `step` counts from 0.
  package mutating func begin(step: Int, of steps: Int) {
    for index in components.indices { change(index) { $0.begin(step: step, of: steps) } }
  }

  /// To be called with each answer of a step, in the order of the rollouts, after all of them were judged.
  package mutating func observe(_ reading: Reading, to question: Question) {
    for index in components.indices where components[index].tasks.isEmpty || components[index].tasks.contains(question.task) {
      change(index) { reward in
        let before = reward
        reward.observe(reading, to: question)
        if !reward.state.values.allSatisfy(\.isFinite) { reward = before }
      }
    }
  }

  /// Goes on from a state that was read before, or says what is wrong with it and changes nothing.
  ///
  /// It must hold every part: a state of other rewards is refused, as is what is not finite or does not read back as it was given.
  package mutating func restore(_ state: [String: Double]) -> String? {
    let known = self.state
    for key in state.keys.sorted() where known[key] == nil {
      let keys = known.keys.sorted().joined(separator: ", ")
      return "'\(key)' is no part of the state of these rewards; "
        + (known.isEmpty ? "they have none" : "its parts are \(keys)")
    }
    var restored = self
    restored.state = state
    let read = restored.state
    for (key, value) in state.sorted(by: { $0.key < $1.key }) where !value.isFinite || read[key] != value {
      return "'\(key)' cannot be \(value): it reads back as \(read[key] ?? .nan); give a whole state back as it was read"
    }
    let missing = known.keys.filter { state[$0] == nil }.sorted()
    guard missing.isEmpty else {
      return "the state lacks \(missing.joined(separator: ", ")): give a whole state back as it was read from these rewards"
    }
    self = restored
    return nil
  }

  /// Takes typical answers from training questions into every baseline; gives the same baselines for the same questions.
  package mutating func fitBaselines(to questions: [Question], named source: String = "the training questions") {
    take(BlindPriors(fittedTo: questions, named: source))
  }

  /// Has every baseline subtract these typical answers, in the place of those of an earlier fit.
  package mutating func take(_ priors: BlindPriors) {
    self.priors = priors
    for index in baselines.indices { baselines[index]?.blind.take(priors) }
  }

  private mutating func change(_ index: Int, _ body: (inout any AdaptiveReward) -> Void) {
    guard var reward = rewards[index] as? any AdaptiveReward else { return }
    body(&reward)
    replace(index, with: reward)
  }
}
