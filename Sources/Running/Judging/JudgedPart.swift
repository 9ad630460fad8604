import Experiments
import Files
import Questions
import Rewards

/// Some of the answers to a request, as the values of its lists.
struct JudgedPart: Sendable {
  private(set) var readings: [Reading] = []
  /// What gave no finite number, by name, with the first of them.
  private(set) var notFinite: [(name: String, score: Double)] = []
  private var rewards = JSONBytes()
  private var components: [JSONBytes]
  private var outcomes = JSONBytes()
  private var reasons = JSONBytes()

  init(labels: [String]) {
    components = labels.map { _ in JSONBytes() }
  }

  mutating func append(_ reading: Reading, _ judgement: Judgement, labels: [String]) {
    if !readings.isEmpty {
      rewards.append(raw: ",")
      outcomes.append(raw: ",")
      reasons.append(raw: ",")
      for place in components.indices { components[place].append(raw: ",") }
    }
    note(judgement.total, of: "the composition")
    rewards.append(judgement.total)
    for (place, score) in judgement.components.enumerated() {
      if let score, !score.isFinite { note(score, of: "'\(labels[place])'") }
      components[place].append(score)
    }
    outcomes.append(OutcomeText.words(for: reading.outcome).outcome)
    if let reason = reading.reason { reasons.append(reason) } else { reasons.append(raw: "null") }
    readings.append(reading)
  }

  private mutating func note(_ score: Double?, of name: @autoclosure () -> String) {
    guard let score, !score.isFinite else { return }
    let name = name()
    if !notFinite.contains(where: { $0.name == name }) { notFinite.append((name, score)) }
  }

  /// The whole answer: `{"components":{…},"id":…,"outcomes":[…],"reasons":[…],"rewards":[…]}`.
  ///
  /// - Parameter labels: the places of the components in the order of the sorted labels.
  static func line(_ parts: [JudgedPart], id: RewardRequest.Name?, labels: [(place: Int, name: String)]) -> JSONBytes {
    var line = JSONBytes()
    func list(_ values: (JudgedPart) -> JSONBytes) {
      line.append(raw: "[")
      for index in parts.indices {
        if index > 0 { line.append(raw: ",") }
        line.append(raw: values(parts[index]).bytes)
      }
      line.append(raw: "]")
    }
    line.append(raw: "{\"components\":{")
    for (index, label) in labels.enumerated() {
      if index > 0 { line.append(raw: ",") }
      line.append(label.name)
      line.append(raw: ":")
      list { $0.components[label.place] }
    }
    line.append(raw: "}")
    switch id {
    case .number(let number):
      line.append(raw: ",\"id\":")
      line.append(number)
    case .text(let text):
      line.append(raw: ",\"id\":")
      line.append(text)
    case nil: break
    }
    line.append(raw: ",\"outcomes\":")
    list(\.outcomes)
    line.append(raw: ",\"reasons\":")
    list(\.reasons)
    line.append(raw: ",\"rewards\":")
    list(\.rewards)
    line.append(raw: "}")
    return line
  }
}
