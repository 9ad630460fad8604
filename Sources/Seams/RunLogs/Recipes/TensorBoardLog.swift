public import Options

/// `tensorboard`: an event file in the run's folder, for `tensorboard --logdir runs`.
public struct TensorBoardLog: LogRecipe {
  public static let name = "tensorboard"
  public static let summary = "an event file with scalars, histograms and texts: look at it with `tensorboard --logdir runs`"
  public static let takesHistory = false

  public let bins: Int

  public init(options: inout OptionReader) {
    bins = options.integer("bins", default: 30, in: 1...1000, help: "bins of a histogram")
  }

  public var files: [String] { [TensorBoardSink.fileName] }

  public func open(for run: LoggedRun) throws -> any RunLogSink {
    run.stepsDone > 0
      ? try TensorBoardSink(directory: run.directory, resumingAt: run.stepsDone, bins: bins)
      : try TensorBoardSink(directory: run.directory, bins: bins)
  }
}
