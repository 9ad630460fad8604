package import Options

/// One entry of an experiment's `log:`: which log, how often, and what of each event.
///
///     log: [jsonl, csv, {sink: tensorboard, every: 10, include: [reward/*, evaluation/*]}]
public struct ChosenLog: Sendable {
  package let recipe: any LogRecipe
  /// Steps between those that it gets.
  package let every: Int
  package let include: [String]
  package let exclude: [String]

  /// `nil` where the catalogue has no log of that name, which is recorded; a pattern that none of `metrics` fits is, too.
  package init?(options: inout OptionReader, catalog: LogCatalog, metrics: MetricNames = MetricNames()) {
    let type = catalog.chosen(options: &options)
    every = options.integer("every", default: 1, in: 1...1_000_000, unit: "steps", help: "passes on every n-th step")
    include = options.words("include", default: [], help: "names that are passed on, `*` for any characters; none for all")
    exclude = options.words("exclude", default: [], help: "names that are left out")
    for (key, patterns) in [("include", include), ("exclude", exclude)] {
      for complaint in patterns.compactMap(metrics.complaint) { options.record(complaint, at: key) }
    }
    guard let type else { return nil }
    recipe = catalog.make(type, options: &options)
    if isOwnLog, every > 1 || !include.isEmpty || !exclude.isEmpty {
      options.record(
        "must be another name: \(JSONLinesLog.ownFile) is the run's own log and holds every step and every name", at: "file")
    }
  }

  package var name: String { type(of: recipe).name }

  /// Whether it is the log that every run has and that is no sink beside it.
  package var isOwnLog: Bool { (recipe as? JSONLinesLog)?.file == JSONLinesLog.ownFile }

  /// The log of `run`, made when its first event comes.
  package func sink(for run: LoggedRun, limits: IsolatedSink.Limits = IsolatedSink.Limits()) -> any RunLogSink {
    IsolatedSink(name, destination: recipe.destination, limits: limits) { try await chain(for: run) }
  }

  private func chain(for run: LoggedRun) async throws -> any RunLogSink {
    var sink = try await recipe.open(for: run)
    if !include.isEmpty || !exclude.isEmpty { sink = NameFilter(include: include, exclude: exclude, to: sink) }
    if every > 1 { sink = EveryNSteps(every, to: sink) }
    if type(of: recipe).takesHistory {
      for event in run.history { try await sink.record(event) }
    }
    return sink
  }
}
