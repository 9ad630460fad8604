package import Options

/// `tensorboard`: an event file in the run's folder, for `tensorboard --logdir runs`.
package struct TensorBoardLog: LogRecipe {
  package static let name = "tensorboard"
  package static let summary = "an event file with scalars, histograms and texts: look at it with `tensorboard --logdir runs`"
  package static let takesHistory = false

  package let bins: Int

  package init(options: inout OptionReader) {
    bins = options.integer("bins", default: 30, in: 1...1000, help: "bins of a histogram")
  }

  package var files: [String] { [TensorBoardSink.fileName] }

  package func open(for run: LoggedRun) throws -> any RunLogSink {
    run.stepsDone > 0
      ? try TensorBoardSink(directory: run.directory, resumingAt: run.stepsDone, bins: bins)
      : try TensorBoardSink(directory: run.directory, bins: bins)
  }
}
