import Options
import RunLogs
import Testing

struct AlarmTests {
  private static func alarms(_ text: [(String, [(String, OptionValue.Content)])], stop: Bool = false) throws -> Alarms {
    let entries = text.map { name, options in
      OptionEntry(
        key: name, value: OptionValue(.map(options.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) })))
    }
    var reader = OptionReader(OptionValue(.map(entries)))
    let alarms = Alarms(options: &reader, limits: RunLimits(drift: 0.01))
    try reader.finish()
    return alarms
  }

  private static func step(_ index: Int, _ scalars: [String: Double]) -> RunEvent {
    RunEvent(kind: .step, step: index, totalSteps: 1000, scalars: scalars)
  }

  /// Steps at which something was said.
  private static func steps(_ alarms: inout Alarms, _ events: [RunEvent]) -> [(Int, String)] {
    events.flatMap { event in alarms.warnings(after: event).map { (event.step, $0) } }
  }

  @Test func entropyCollapseSpeaksOnceAndAgainAfterCalm() throws {
    var alarms = try Self.alarms([("entropy-collapse", [("share", .number(0.5)), ("span", .number(2))])])
    // Start (1 + 1)/2. Running means of span 2: after each x, m += (x − m)/2.
    let entropies = [1, 1, 0.6, 0.2, 0.1, 1, 1, 1, 0.1, 0.1].map { Double($0) }
    let said = Self.steps(&alarms, entropies.enumerated().map { Self.step($0, ["policy/entropy": $1]) })
    // Means: 1, 1, 0.8, 0.5, 0.3 (below half), 0.65, 0.825 (calm twice), 0.9125, 0.506, 0.303.
    #expect(said.map(\.0) == [4, 9])
    #expect(said[0].1.hasPrefix("entropy-collapse: the entropy is 0.3 nats a token, after 1 at the start"))
  }

  @Test func tiedGroupsNeedAWholeSpan() throws {
    var alarms = try Self.alarms([("tied-groups", [("span", .number(4))])])
    let said = Self.steps(&alarms, (0..<8).map { Self.step($0, ["reward/tied_groups": 0.6]) })
    #expect(said.map(\.0) == [3] && said[0].1.contains("60 % of the groups"))
    var calm = try Self.alarms([("tied-groups", [("span", .number(4))])])
    #expect(Self.steps(&calm, (0..<8).map { Self.step($0, ["reward/tied_groups": 0.5]) }).isEmpty)
  }

  @Test func driftSpeaksAtAnyStep() throws {
    var alarms = try Self.alarms([])
    let drifts = [0.001, 0.01, 0.02, 0.02, .nan]
    let said = Self.steps(&alarms, drifts.enumerated().map { Self.step($0, ["policy/drift_mean": $1]) })
    #expect(said.map(\.0) == [2] && said[0].1.hasPrefix("drift:") && said[0].1.contains("allowed: 0.01"))
  }

  @Test func oneComponentOfSeveralMayNotCarryAll() throws {
    var alarms = try Self.alarms([("component-dominance", [("span", .number(2))])])
    let two = ["reward/a/advantage_share": 0.96, "reward/b/advantage_share": 0.04]
    let said = Self.steps(&alarms, (0..<4).map { Self.step($0, two) })
    #expect(said.map(\.0) == [1] && said[0].1.contains("a carries 96.0 %"))
    var single = try Self.alarms([("component-dominance", [("span", .number(2))])])
    #expect(Self.steps(&single, (0..<4).map { Self.step($0, ["reward/a/advantage_share": 1]) }).isEmpty)
  }

  /// Rewards of 0.1·step, an evaluation every two steps.
  private static func parting(_ heldOut: [Double]) -> [RunEvent] {
    var events = [RunEvent(kind: .evaluation, step: 0, totalSteps: 100, scalars: ["evaluation/tsg/hit@3s/greedy": heldOut[0]])]
    for (index, score) in heldOut.enumerated().dropFirst() {
      for step in (2 * index - 2)..<(2 * index) { events.append(Self.step(step, ["reward/mean": 0.1 * Double(step)])) }
      events.append(
        RunEvent(
          kind: .evaluation, step: 2 * index, totalSteps: 100,
          scalars: ["evaluation/tsg/hit@3s/greedy": score, "evaluation/tsg/hit@3s/sampled": 1]))
    }
    return events
  }

  @Test func risingRewardAndFallingMetricAreNoticed() throws {
    let options: [(String, [(String, OptionValue.Content)])] = [("reward-without-gain", [("span", .number(2))])]
    var alarms = try Self.alarms(options)
    // The best is at step 4; at 6 the fall is 0.01 only, at 8 it is 0.1.
    let said = Self.steps(&alarms, Self.parting([0.5, 0.6, 0.7, 0.69, 0.6, 0.6]))
    #expect(said.map(\.0) == [8] && said[0].1.contains("fell from 0.700 at its best to 0.600"))
    var rising = try Self.alarms(options)
    #expect(Self.steps(&rising, Self.parting([0.5, 0.6, 0.7, 0.8])).isEmpty)
    var fromStart = try Self.alarms(options)
    #expect(Self.steps(&fromStart, Self.parting([0.5, 0.45, 0.4])).map(\.0) == [4])
  }

  /// Cut anywhere and gone on with from the state, the alarms say the same at the same steps.
  @Test func theStateIsAllThereIs() throws {
    let options: [(String, [(String, OptionValue.Content)])] = [
      ("entropy-collapse", [("share", .number(0.5)), ("span", .number(2))]), ("reward-without-gain", [("span", .number(2))]),
      ("component-dominance", [("span", .number(2))]), ("tied-groups", [("span", .number(3))]),
    ]
    var events = Self.parting([0.5, 0.6, 0.7, 0.69, 0.6, 0.6])
    for index in events.indices where events[index].kind == .step {
      let step = Double(events[index].step)
      events[index].scalars.merge([
        "policy/entropy": step < 4 ? 1 : 0.1, "reward/tied_groups": step / 10, "policy/drift_mean": step < 7 ? 0 : 1,
        "reward/a/advantage_share": step / 8, "reward/b/advantage_share": 1 - step / 8,
      ]) { $1 }
    }
    var whole = try Self.alarms(options)
    let said = Self.steps(&whole, events)
    #expect(said.count == 5)
    for cut in events.indices {
      var first = try Self.alarms(options)
      var rest = Self.steps(&first, Array(events[..<cut]))
      var second = try Self.alarms(options)
      second.state = first.state
      rest += Self.steps(&second, Array(events[cut...]))
      #expect(rest.map(\.0) == said.map(\.0) && rest.map(\.1) == said.map(\.1), "cut at \(cut)")
      #expect(second.state == whole.state)
    }
  }

  @Test func aHeldOutMetricThatNoEvaluationLogsIsRefused() throws {
    for metric in ["evaluation/tsg/hit@3s/gredy", "reward/mean", "evaluation/*"] {
      #expect { try Self.alarms([("reward-without-gain", [("metric", .text(metric))])]) } throws: {
        "\($0)".contains("reward-without-gain.metric: ") && "\($0)".contains("'\(metric)'")
      }
    }
    _ = try Self.alarms([("reward-without-gain", [("metric", .text("evaluation/tsg/hit@3s/greedy"))])])
  }

  @Test func anAlarmCanBeSilencedAndABadThresholdIsRefused() throws {
    var reader = OptionReader(
      OptionValue(.map([OptionEntry(key: "off", value: OptionValue(.list([OptionValue(.text("drift"))])))])))
    var alarms = Alarms(options: &reader)
    try reader.finish()
    #expect(Self.steps(&alarms, [Self.step(1, ["policy/drift_mean": 9])]).isEmpty)
    #expect { try Self.alarms([("tied-groups", [("share", .number(1.5))])]) } throws: { "\($0)".contains("tied-groups.share") }
    #expect(Set(AlarmCatalog.builtIn.all.map { $0.name }).count == AlarmCatalog.builtIn.all.count)
  }
}
