/// A TensorBoard event file: the metrics as scalars, the texts of events as text.
///
/// The horizontal axis counts steps done: a training step lies at its number + 1, beside the evaluation that follows it.
/// Look at it with `tensorboard --logdir` and the folder.
public actor TensorBoardSink: RunLogSink {
  /// TensorBoard reads files whose names hold `tfevents`.
  public static let fileName = "events.out.tfevents.takt"

  private var file: AppendOnlyFile
  private let now: @Sendable () -> Double

  /// Starts the folder's event file anew; `now` gives seconds since 1970.
  public init(
    directory: String, now: @escaping @Sendable () -> Double = RunClock.wallTime
  ) throws(RunLogError) {
    self.now = now
    file = try AppendOnlyFile(path: directory + "/" + Self.fileName)
    try file.append(TensorBoardRecord.fileVersion(wallTime: now()))
  }

  /// Goes on with the event file of a run whose checkpoint stands after `step` steps.
  ///
  /// A torn last record is cut off; a record of the new start makes TensorBoard drop what it has of later steps.
  public init(
    directory: String, resumingAt step: Int, now: @escaping @Sendable () -> Double = RunClock.wallTime
  ) throws(RunLogError) {
    self.now = now
    let path = directory + "/" + Self.fileName
    let length = TensorBoardRecord.intactLength(of: Array(try AppendOnlyFile.contents(path: path)))
    file = try AppendOnlyFile(path: path, length: UInt64(length))
    if length == 0 { try file.append(TensorBoardRecord.fileVersion(wallTime: now())) }
    let firstVoid = step == 0 ? 0 : step + 1
    try file.append(TensorBoardRecord.sessionStart(wallTime: now(), step: firstVoid))
  }

  public func record(_ event: RunEvent) throws(RunLogError) {
    let time = now()
    if !event.scalars.isEmpty {
      let scalars = event.scalars.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
      try file.append(TensorBoardRecord.scalars(scalars, wallTime: time, step: event.stepsDone))
    }
    if !event.text.isEmpty {
      try file.append(
        TensorBoardRecord.text(event.text, name: "run/\(event.kind.rawValue)", wallTime: time, step: event.stepsDone))
    }
  }

  public func finish() {}
}
