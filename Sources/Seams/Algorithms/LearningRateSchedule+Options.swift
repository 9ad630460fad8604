public import Options

extension LearningRateSchedule {
  /// Reads `peak`, `shape` and `warmup`, and of a rate that falls `hold` and `floor`; `totalSteps` is the length of the run.
  public init(options: inout OptionReader, totalSteps: Int) {
    let base = options.number("peak", default: 1e-4, in: 0...10, help: "the highest rate")
    let shape = options.choice("shape", default: Shape.constant, help: "how it moves after the warm-up")
    let warmup = options.integer("warmup", default: 10, in: 0...1_000_000, unit: "steps")
    var (hold, floor) = (0, 0.0)
    if shape != .constant { (hold, floor) = Self.fall(&options) }
    self.init(shape, base: base, warmup: warmup, hold: hold, steps: totalSteps, floor: floor)
  }

  /// What only a rate that falls has.
  package static func fall(_ options: inout OptionReader) -> (hold: Int, floor: Double) {
    (
      options.integer(
        "hold", default: 0, in: 0...10_000_000, unit: "steps", help: "at the peak after the warm-up, before it falls"),
      options.number("floor", default: 0, in: 0...1, help: "fraction of the peak that it ends at")
    )
  }
}
