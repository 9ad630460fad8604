/// What the music encoder could not do, with the remedy in its message.
package struct MusicEncoderError: Error, Sendable, CustomStringConvertible {
  package struct Code: Sendable, Hashable {
    private enum Storage { case badSpectrogram, badCheckpoint, nonFinite }
    private let storage: Storage
    /// A spectrogram that is too long, too short, or has another number of bands.
    package static let badSpectrogram = Code(storage: .badSpectrogram)
    /// Bytes that are no checkpoint of this encoder.
    package static let badCheckpoint = Code(storage: .badCheckpoint)
    /// A loss or gradient that is not a finite number.
    package static let nonFinite = Code(storage: .nonFinite)
  }

  package let code: Code
  package let message: String
  package let cause: (any Error)?

  package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  package var description: String { cause.map { "\(message) (\($0))" } ?? message }
}
