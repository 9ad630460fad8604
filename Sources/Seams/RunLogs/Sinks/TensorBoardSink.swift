package import Files

/// A TensorBoard event file: the metrics as scalars, distributions as histograms, texts as text.
///
/// The horizontal axis counts steps done: a training step lies at its number + 1, beside the evaluation that follows it.
/// Look at it with `tensorboard --logdir` and the folder.
package actor TensorBoardSink: RunLogSink {
  /// TensorBoard reads files whose names hold `tfevents`.
  package static let fileName = "events.out.tfevents.takt"

  private var file: AppendOnlyFile
  private let bins: Int
  private let now: @Sendable () -> Double

  /// Starts the folder's event file anew; `now` gives seconds since 1970.
  package init(
    directory: String, bins: Int = 30, now: @escaping @Sendable () -> Double = RunClock.wallTime
  ) throws(FileError) {
    self.now = now
    self.bins = bins
    file = try AppendOnlyFile(path: directory + "/" + Self.fileName)
    try file.append(TensorBoardRecord.fileVersion(wallTime: now()))
  }

  /// Goes on with the event file of a run whose checkpoint stands after `step` steps.
  ///
  /// A torn last record is cut off; a record of the new start makes TensorBoard drop what it has of later steps.
  package init(
    directory: String, resumingAt step: Int, bins: Int = 30, now: @escaping @Sendable () -> Double = RunClock.wallTime
  ) throws(FileError) {
    self.now = now
    self.bins = bins
    let path = directory + "/" + Self.fileName
    let length = TensorBoardRecord.intactLength(of: Array(try AppendOnlyFile.contents(path: path)))
    file = try AppendOnlyFile(path: path, length: UInt64(length))
    if length == 0 { try file.append(TensorBoardRecord.fileVersion(wallTime: now())) }
    let firstVoid = step == 0 ? 0 : step + 1
    try file.append(TensorBoardRecord.sessionStart(wallTime: now(), step: firstVoid))
  }

  /// One write an event, so that one which fails leaves nothing of it.
  package func record(_ event: RunEvent) throws(FileError) {
    let (time, step) = (now(), event.stepsDone)
    var bytes: [UInt8] = []
    if !event.scalars.isEmpty {
      let scalars = event.scalars.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
      bytes += TensorBoardRecord.scalars(scalars, wallTime: time, step: step)
    }
    let histograms = event.distributions.sorted { $0.key < $1.key }.compactMap { name, values in
      Histogram(values, bins: bins).map { (name: name, values: $0) }
    }
    if !histograms.isEmpty { bytes += TensorBoardRecord.histograms(histograms, wallTime: time, step: step) }
    for (name, text) in event.texts.sorted(by: { $0.key < $1.key }) {
      bytes += TensorBoardRecord.text(text, name: name, wallTime: time, step: step)
    }
    if !event.text.isEmpty {
      bytes += TensorBoardRecord.text(event.text, name: "run/\(event.kind.rawValue)", wallTime: time, step: step)
    }
    if !bytes.isEmpty { try file.append(bytes) }
  }

  package func finish() {}
}
