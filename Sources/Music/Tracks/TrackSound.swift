public import Music

/// The sound of a track.
public struct TrackSound: Sendable {
  public let id: String
  /// Seconds.
  public let duration: Double
  public let spectrogram: LogMelSpectrogram

  public init(id: String, duration: Double, spectrogram: LogMelSpectrogram) {
    self.id = id
    self.duration = duration
    self.spectrogram = spectrogram
  }
}
