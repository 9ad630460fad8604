/// One channel of sound at 16 kHz.
public struct AudioSignal: Sendable, Hashable {
  /// Samples a second of every signal in this module.
  public static let sampleRate = 16_000.0

  /// Full scale is ±1.
  public var samples: [Float]

  public init(samples: [Float]) {
    self.samples = samples
  }

  /// Seconds.
  public var duration: Double { Double(samples.count) / Self.sampleRate }
}
