import Foundation
import MusTBench
import Options
import RunLogs
import RunReports

/// Learning curves of several arms, each the mean over its seeds.
struct ReportCurves {
  let arms: [ReportArm]
  let tasks: TaskCatalog
  /// The colour of an arm of this name.
  let style: (String) -> SummaryExample.Style

  private static let shown = [
    (metric: "reward/mean", title: "Reward while training", note: "Smoothed."),
    (metric: "policy/entropy", title: "Entropy of the policy, nats a token", note: ""),
    (metric: "reward/tied_groups", title: "Share of groups whose rewards are all equal", note: ""),
  ]

  /// Of one run alone the curves with their spread over completions; of several, one line an arm.
  var learning: [SummaryCurve] {
    let runs = arms.flatMap(\.runs)
    if runs.count == 1 {
      return SummaryCurve.curves(of: runs[0].events) { tasks.title(ofMeasure: $1, task: $0) }
        + Self.shown.dropFirst().compactMap { curve($0.metric, $0.title, $0.note) }
    }
    let names = Set(runs.flatMap { $0.events.filter { $0.kind == .evaluation }.flatMap(\.scalars.keys) })
    let heldOut = names.compactMap { name -> (metric: String, title: String)? in
      let parts = name.split(separator: "/").map(String.init)
      guard parts.count == 4, tasks.headline(of: parts[1], among: [parts[2]]) == parts[2],
        let tracks = MetricTracks.words(name)
      else {
        return nil
      }
      return (name, "\(parts[1].uppercased()) \(tasks.title(ofMeasure: parts[2], task: parts[1])), \(parts[3]), \(tracks)")
    }.sorted { $0.title > $1.title }
    return Self.shown.prefix(1).compactMap { curve($0.metric, $0.title, $0.note) }
      + heldOut.compactMap { curve($0.metric, $0.title, "", isEvaluation: true) }
      + Self.shown.dropFirst().compactMap { curve($0.metric, $0.title, $0.note) }
  }

  /// A chart an arm: the components' shares of the reward's variance within groups.
  var attributions: [SummaryCurve] {
    arms.compactMap { arm in
      let names = Set(arm.runs.flatMap { $0.events.flatMap(\.scalars.keys) })
        .filter { $0.hasPrefix("reward/") && $0.hasSuffix("/variance_share") }.sorted()
      let series = names.map { name in
        SummaryCurve.Series(
          name: String(name.dropFirst("reward/".count).dropLast("/variance_share".count)),
          points: Self.points(of: name, in: arm.runs, isEvaluation: false))
      }.filter { !$0.points.isEmpty }
      return series.isEmpty
        ? nil : SummaryCurve(title: arm.name, note: Self.bandNote(arm.runs.count), series: series)
    }
  }

  private func curve(_ metric: String, _ title: String, _ note: String, isEvaluation: Bool = false) -> SummaryCurve? {
    let series = arms.map { arm in
      SummaryCurve.Series(
        name: arm.name, points: Self.points(of: metric, in: arm.runs, isEvaluation: isEvaluation), hasMarkers: isEvaluation,
        style: style(arm.name))
    }.filter { !$0.points.isEmpty }
    let words = [note, Self.bandNote(arms.map(\.runs.count).max() ?? 0)].filter { !$0.isEmpty }.joined(separator: " ")
    return series.isEmpty ? nil : SummaryCurve(title: title, note: words, series: series)
  }

  private static func bandNote(_ seeds: Int) -> String {
    seeds > 1 ? "Mean over seeds; the band runs from the lowest seed to the highest." : ""
  }

  /// Mean, lowest and highest over the runs that have logged the step; numbers of steps are smoothed over a twentieth of the run
  /// on each side, and thinned to at most 300 points.
  private static func points(of metric: String, in runs: [ReportRun], isEvaluation: Bool) -> [SummaryCurve.Point] {
    var values: [Int: [Double]] = [:]
    for run in runs {
      let events = run.events.filter { $0.kind == (isEvaluation ? .evaluation : .step) }
      let known = events.compactMap { event in
        event.scalars[metric].map { (step: isEvaluation ? event.step : event.step + 1, value: $0) }
      }
      let smooth = isEvaluation ? known.map(\.value) : SummaryCurve.smoothed(known.map(\.value))
      for (entry, value) in zip(known, smooth) where value.isFinite { values[entry.step, default: []].append(value) }
    }
    let steps = values.keys.sorted()
    let stride = max(1, steps.count / 300)
    return steps.enumerated().filter { $0.offset % stride == 0 || $0.offset == steps.count - 1 }.map(\.element).map { step in
      let all = values[step] ?? []
      let mean = all.reduce(0, +) / Double(all.count)
      return SummaryCurve.Point(
        step: step, value: mean, low: all.count > 1 ? all.min() : nil, high: all.count > 1 ? all.max() : nil)
    }
  }
}
