import Music

/// From a seed to what the encoder sees: composing, rendering and the log-mel spectrogram, on one core, the last beside librosa.
struct MusicBench: BenchFamily {
  private static let spectrogramsPerTiming = 8
  private static let tracksPerTiming = 2

  private let signal: AudioSignal
  private let features = LogMel()
  private let peer: PythonPeer
  private let mean: Double
  private var next = 0

  init(_ signal: AudioSignal, peer: PythonPeer) {
    self.signal = signal
    self.peer = peer
    let values = features.spectrogram(of: signal).values
    mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
  }

  /// What is turned into features.
  static var material: AudioSignal {
    let seed = BenchMaterial.seed
    return ComposedTrack.signal(of: ComposedTrack.piece(seed: seed, index: 0), seed: seed, index: 0)
  }

  /// The signal as Python's peer takes it: its samples.
  static func pythonInputs(_ signal: AudioSignal) -> [String: Any] { ["signals": [[signal.samples.map(Double.init)]]] }

  var rows: [BenchRow] {
    [
      BenchRow(
        "log_mel", "log-mel spectrogram", unit: "× real time", .rate, limit: "its transforms at the peak, 1 thread",
        explanation:
          "\(BenchNumber.text(signal.duration)) s at 16 kHz to 64 bands at 50 Hz on one core; 5/2·n·log₂ n operations "
          + "a transform of n = 1024 counted"),
      BenchRow(
        "log_mel_peer", "the same beside librosa", unit: "× real time", .rate, limit: peer.name("log_mel"),
        explanation: "librosa.feature.melspectrogram and the logarithm on one core; \(peer.note("log_mel", mean: mean))"),
      BenchRow(
        "composed_track", "composed track", unit: "ms", .time,
        explanation: "a piece of 40 to 60 s composed, rendered and turned into features on one core"),
    ]
  }

  mutating func measure(beside limits: MachineLimits) -> [BenchSample] {
    var start = ThreadInstant.now
    var frames = 0
    for _ in 0..<Self.spectrogramsPerTiming { frames += features.spectrogram(of: signal).frames }
    let speed = signal.duration * Double(Self.spectrogramsPerTiming) / start.elapsed
    let operations = 2.5 * 1024 * 10 * Double(LogMel.framesPerSecond)
    start = ThreadInstant.now
    for _ in 0..<Self.tracksPerTiming {
      next += 1
      frames += ComposedTrack.make(seed: BenchMaterial.seed, index: next).spectrogram.frames
    }
    precondition(frames > 0, "a track has frames")
    return [
      BenchSample(speed, limit: limits.productsOnOneThread / operations),
      BenchSample(speed, limit: peer.callRate("log_mel").map { $0 * signal.duration }),
      BenchSample(1e3 * start.elapsed / Double(Self.tracksPerTiming)),
    ]
  }
}
