import Comparisons
public import Experiments
import MusTBench
import Options
import Rewards
import Timelines

/// A grid of runs as its YAML file describes it: one experiment, what is changed in it, and the seeds that all arms share.
///
///     name: rewards
///     experiment: experiments/demo.yaml       # or the experiment itself
///     set: {training.steps: 60}               # for every arm
///     grid:
///       rewards: [experiments/rewards/must.yaml, {name: iou, rewards: [{reward: interval-iou}]}]
///       algorithm: [grpo, {name: ppo, value: {algorithm: ppo}}]
///       training.learning-rate.peak: [1e-5, 3e-5]
///     seeds: 5                                 # 1…5; or a list
///     metrics: [tsg/hit@3s/sampled]            # the first is the one that arms are compared by
///     baseline: must                           # the arm that the others are compared with; default the first
///
/// Arms are the product of the lists in `grid`, and of `arms`, a list of named changes that belong together. `components:
/// leave-one-out` makes of each composition of rewards the whole and the whole without each component in turn; `add-one-in` the
/// first component alone and with each other one added.
public struct AblationFile: Sendable {
  public let path: String
  public let name: String
  public let summary: String
  public let seeds: [Int]
  /// Held-out metrics, `task/measure/decoding`.
  public let metrics: [String]
  public let arms: [AblationArm]
  public let baseline: String

  /// Throws every issue of the file and of its arms together, before anything runs.
  public init(path: String, overrides: [String] = [], plugins: Plugins = .current) throws {
    try self.init(try YAMLFile(extending: path).overridden(by: overrides), plugins: plugins)
  }

  public init(_ file: YAMLFile, plugins: Plugins = .current) throws {
    path = file.path
    var options = OptionReader(file.root)
    name = RunName.read(&options, help: "names the grid's folder")
    summary = options.text("summary", default: "", help: "what the grid shows, in a sentence")
    let base = try Self.base(&options, file: file.path)
    let shared = options.raw("set").map { AblationAxis.changes(of: $0, path: "set", issues: &options) } ?? []
    seeds = Self.seeds(&options)
    var metrics = options.words("metrics", default: [], help: "held-out metrics, task/measure/decoding; the first decides")
    if let metric = options.raw("metric") { metrics = [metric.writtenText ?? ""] + metrics }
    let components: ComponentChoice = options.choice("components", default: .whole, help: "what is made of each composition")
    let named = options.text("baseline", default: "", help: "the arm that the others are compared with; default the first")
    let changed = base.map { AblationAxis.applying(shared, to: $0) }
    var axes = AblationAxis.axes(
      grid: options.raw("grid"), arms: options.raw("arms"), issues: &options)
    if components != .whole {
      axes = components.axes(axes, base: changed?.root, issues: &options)
    }
    if axes.isEmpty, components == .whole {
      options.record("is empty: give lists under `grid` or `arms`, or say `components: leave-one-out`", at: "grid")
    }
    var issues = options.closed()
    var arms: [AblationArm] = []
    let size = Self.runs(axes, seeds: seeds.count)
    if size > InputLimit.gridRuns || size < 0 {
      let lengths = axes.map { "\($0.choices.count)" }.joined(separator: " × ")
      issues.append(
        OptionIssue(
          path: "grid", line: nil,
          message: "makes \(lengths) arms of \(seeds.count) seeds, \(size < 0 ? "more than 10¹⁸" : "\(size)") runs; at most "
            + "\(InputLimit.gridRuns): shorten the lists, or name the arms that you want under `arms`"))
    } else if let changed {
      arms = AblationArm.product(of: axes, base: changed, grid: name, plugins: plugins, issues: &issues)
    }
    if metrics.isEmpty { metrics = Self.defaultMetrics(arms.first?.experiment) }
    let baseline = named.isEmpty ? arms.first?.name ?? "" : named
    issues += Self.checks(metrics: metrics, baseline: baseline, arms: arms)
    (self.arms, self.metrics, self.baseline) = (arms, metrics, baseline)
    guard issues.isEmpty else { throw ExperimentError(file: file.path, issues: issues) }
  }

  /// The experiment that arms are made from: another file, or a map in this one.
  private static func base(_ options: inout OptionReader, file: String) throws -> YAMLFile? {
    guard let value = options.raw("experiment") else {
      options.record("is missing: give the path of an experiment file, or the experiment itself", at: "experiment")
      return nil
    }
    switch value.content {
    case .text(let path): return YAMLFile(root: try YAMLFile(extending: path).root.withoutLines, path: path)
    case .map: return YAMLFile(root: value, path: file)
    default:
      options.record("must be the path of an experiment file or a map, not \(value.kind)", at: "experiment", line: value.line)
      return nil
    }
  }

  private static func seeds(_ options: inout OptionReader) -> [Int] {
    let value = options.raw("seeds") ?? OptionValue(.number(5))
    let range = 0...Int(Int32.max)
    var seeds: [Int] = []
    switch value.content {
    case .number(let count):
      if let count = Int(exactly: count), (1...10_000).contains(count) { seeds = Array(1...count) }
    case .list(let items):
      let numbers = items.compactMap { item -> Int? in
        guard case .number(let number) = item.content else { return nil }
        return Int(exactly: number)
      }
      if numbers.count == items.count, numbers.allSatisfy(range.contains), Set(numbers).count == numbers.count {
        seeds = numbers
      }
    default: break
    }
    if seeds.isEmpty {
      options.record(
        "must be a list of different whole numbers from 0 on, or how many seeds from 1 on", at: "seeds", line: value.line)
    }
    return seeds
  }

  /// How many runs a grid makes; negative where that is more than can be counted.
  private static func runs(_ axes: [AblationAxis], seeds: Int) -> Int {
    axes.map(\.choices.count).reduce(max(1, seeds)) { product, count in
      guard product >= 0 else { return -1 }
      let (result, overflows) = product.multipliedReportingOverflow(by: count)
      return overflows ? -1 : result
    }
  }

  private static func defaultMetrics(_ experiment: ExperimentFile?) -> [String] {
    let tasks = experiment?.stage.taskNames ?? []
    let catalog = experiment?.plugins.tasks ?? .builtIn
    let scored = tasks.map { task in (task, Set(catalog[task].map { type(of: $0).measures.map(\.name) } ?? [])) }
    return catalog.compared(Dictionary(scored) { first, _ in first }).map { "\($0.task)/\($0.metric)/sampled" }
  }

  private static func checks(metrics: [String], baseline: String, arms: [AblationArm]) -> [OptionIssue] {
    var issues: [OptionIssue] = []
    let catalog = arms.first?.experiment.plugins.tasks ?? .builtIn
    let tasks = arms.first?.experiment.stage.taskNames ?? catalog.names
    let measures = catalog.measures.map(\.name)
    for metric in metrics {
      let parts = metric.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let isKnown =
        parts.count == 3 && tasks.contains(parts[0]) && measures.contains(parts[1])
        && Decoding(rawValue: parts[2]) != nil
      if !isKnown {
        issues.append(
          OptionIssue(
            path: "metrics", line: nil,
            message: """
              '\(metric)' is no held-out metric: write task/measure/decoding, with a task of \(tasks.joined(separator: ", ")), a \
              measure of \(measures.joined(separator: ", ")), and greedy or sampled
              """))
      }
    }
    if !arms.isEmpty, !arms.contains(where: { $0.name == baseline }) {
      issues.append(
        OptionIssue(
          path: "baseline", line: nil,
          message: "no arm is named '\(baseline)'; known: \(arms.map(\.name).joined(separator: ", "))"))
    }
    return issues
  }

  /// Throws, of all arms together, what would keep a run from starting; see ``ExperimentFile/checkStart()``.
  package func checkStart() throws {
    var issues: [OptionIssue] = []
    for arm in arms {
      do {
        try arm.experiment.checkStart()
      } catch let error as ExperimentError {
        issues += error.issues.filter { !issues.contains($0) }
      }
    }
    guard issues.isEmpty else { throw ExperimentError(file: path, issues: issues) }
  }
}
