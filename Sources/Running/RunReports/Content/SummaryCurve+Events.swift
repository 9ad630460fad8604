package import RunLogs

extension SummaryCurve {
  /// The charts that a log gives: the reward, then each metric of validation and training tracks with its greedy and sampled values.
  ///
  /// - Parameter title: a task's measure as a person reads it, by their names.
  package static func curves(
    of events: [RunEvent], title: (_ task: String, _ measure: String) -> String = { $1 }
  ) -> [SummaryCurve] {
    [reward(of: events)].compactMap { $0 } + evaluations(of: events, title: title)
  }

  /// Mean reward of each step, smoothed, with a band of one standard deviation of the completions to each side.
  ///
  /// The mean over the surrounding steps, a twentieth of the run on each side; `nil` where no step logs a reward.
  package static func reward(of events: [RunEvent]) -> SummaryCurve? {
    let steps = events.filter { $0.kind == .step && $0.scalars["reward/mean"] != nil }
    guard !steps.isEmpty else { return nil }
    let means = smoothed(steps.map { $0.scalars["reward/mean"] ?? .nan })
    let deviations = smoothed(steps.map { $0.scalars["reward/std"] ?? 0 })
    let points = steps.indices.map { index in
      Point(
        step: steps[index].stepsDone, value: means[index], low: means[index] - deviations[index],
        high: means[index] + deviations[index])
    }
    return SummaryCurve(
      title: "Reward while training",
      note: "Mean over the completions of a step, smoothed; the band is one standard deviation of single completions.",
      series: [Series(name: "reward", points: points)])
  }

  /// One chart a metric of validation tracks, then of training tracks, in the order of the names.
  package static func evaluations(
    of events: [RunEvent], title: (_ task: String, _ measure: String) -> String = { $1 }
  ) -> [SummaryCurve] {
    let evaluations = events.filter { $0.kind == .evaluation }
    let names = Set(evaluations.flatMap(\.scalars.keys)).compactMap(EvaluationName.init)
    let metrics = Set(names.map { EvaluationName(part: $0.part, task: $0.task, metric: $0.metric, decoding: "") })
    // "evaluation" comes before "training".
    return metrics.sorted { ($0.part, $0.task, $0.metric) < ($1.part, $1.task, $1.metric) }.map { metric in
      SummaryCurve(
        title:
          "\(metric.task.uppercased()) \(title(metric.task, metric.metric)), \(MetricTracks.words(metric.part) ?? "")",
        series: names.filter { $0.part == metric.part && $0.task == metric.task && $0.metric == metric.metric }
          .sorted { $0.decoding < $1.decoding }
          .map { name in
            let points = evaluations.compactMap { event in
              event.scalars[name.scalar].map { Point(step: event.step, value: $0) }
            }
            return Series(name: name.decoding, points: points, isBroken: name.decoding == "greedy", hasMarkers: true)
          })
    }
  }

  /// The mean of the numbers around each that are finite, a twentieth of all on each side.
  package static func smoothed(_ numbers: [Double]) -> [Double] {
    let reach = numbers.count / 20
    return numbers.indices.map { index in
      let window = numbers[max(0, index - reach)...min(numbers.count - 1, index + reach)].filter(\.isFinite)
      return window.isEmpty ? .nan : window.reduce(0, +) / Double(window.count)
    }
  }
}

/// `evaluation/<task>/<metric>/<decoding>` in parts, or `training/…`.
private struct EvaluationName: Hashable {
  var part: String
  var task: String
  var metric: String
  var decoding: String

  init(part: String, task: String, metric: String, decoding: String) {
    self.part = part
    self.task = task
    self.metric = metric
    self.decoding = decoding
  }

  init?(_ scalar: String) {
    let parts = scalar.split(separator: "/").map(String.init)
    guard parts.count == 4, MetricTracks.words(parts[0]) != nil else { return nil }
    self.init(part: parts[0], task: parts[1], metric: parts[2], decoding: parts[3])
  }

  var scalar: String { "\(part)/\(task)/\(metric)/\(decoding)" }
}
