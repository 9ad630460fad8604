public import Options

extension LearningRateSchedule {
  /// Reads `peak`, `shape`, `warmup`, `hold` and `floor`; `totalSteps` is the length of the run.
  public init(options: inout OptionReader, totalSteps: Int) {
    let base = options.number("peak", default: 1e-4, in: 0...10, help: "the highest rate")
    let shape = options.choice("shape", default: Shape.constant, help: "how it moves after the warm-up")
    let warmup = options.integer("warmup", default: 10, in: 0...1_000_000, unit: "steps")
    let hold = options.integer(
      "hold", default: 0, in: 0...10_000_000, unit: "steps", help: "at the peak after the warm-up, before it falls")
    let floor = options.number("floor", default: 0, in: 0...1, help: "fraction of the peak that it ends at")
    self.init(shape, base: base, warmup: warmup, hold: hold, steps: totalSteps, floor: floor)
  }
}
