/// What the music encoder could not do, with the remedy in its message.
public struct MusicEncoderError: Error, Sendable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private enum Storage { case badSpectrogram, badCheckpoint, nonFinite }
    private let storage: Storage
    /// A spectrogram that is too long, too short, or has another number of bands.
    public static let badSpectrogram = Code(storage: .badSpectrogram)
    /// Bytes that are no checkpoint of this encoder.
    public static let badCheckpoint = Code(storage: .badCheckpoint)
    /// A loss or gradient that is not a finite number.
    public static let nonFinite = Code(storage: .nonFinite)
  }

  public let code: Code
  public let message: String
  public let cause: (any Error)?

  public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  public var description: String { cause.map { "\(message) (\($0))" } ?? message }
}
