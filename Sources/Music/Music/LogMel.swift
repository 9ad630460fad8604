import CTensorKernels
import RealModule

/// Log-mel features of a signal, one row a frame.
public struct LogMelSpectrogram: Sendable, Hashable {
  public var frames: Int
  public var bands: Int
  /// Row-major [frames, bands].
  public var values: [Float]

  public init(frames: Int, bands: Int, values: [Float]) {
    precondition(values.count == frames * bands, "a spectrogram holds frames × bands values")
    self.frames = frames
    self.bands = bands
    self.values = values
  }
}

/// The features that the embedded model listens to: 64 mel bands from 30 to 7600 Hz, 50 frames a second.
///
/// Frame i is centred on i · 20 ms: 1024 samples around sample 320·i (zeros outside the signal) times a Hann window, Fourier
/// transform X, P = Σ_bins weight · |X|², and x = (ln(P + 10⁻⁴) + 3) / 3.5. A signal of n samples has ⌈n / 320⌉ frames.
public struct LogMel: Sendable {
  package static let framesPerSecond = 50
  package static let bands = 64
  static let hop = 320
  static let length = takt_fft_length

  private let filters: MelBands
  private let window: [Float]
  /// cos(2πk/1024), then sin(2πk/1024).
  private let roots: [Float]

  public init() {
    filters = MelBands(count: Self.bands, from: 30, to: 7600, transformLength: Self.length, sampleRate: AudioSignal.sampleRate)
    let angles = (0..<Self.length).map { 2 * Double.pi * Double($0) / Double(Self.length) }
    roots = angles.map { Float(Double.cos($0)) } + angles.map { Float(Double.sin($0)) }
    window = angles.map { Float(0.5 - 0.5 * Double.cos($0)) }
  }

  public func spectrogram(of signal: AudioSignal) -> LogMelSpectrogram {
    let count = signal.samples.count
    let frames = (count + Self.hop - 1) / Self.hop
    let lanes = takt_fft_lanes
    let rounded = (frames + lanes - 1) / lanes * lanes
    let needed = max(rounded - 1, 0) * Self.hop + Self.length
    let padding = Self.length / 2
    let copied = min(count, needed - padding)
    var padded = [Float](repeating: 0, count: needed)
    if copied > 0 { padded.replaceSubrange(padding..<(padding + copied), with: signal.samples[..<copied]) }
    let values = [Float](unsafeUninitializedCapacity: frames * Self.bands) { buffer, initialized in
      if frames > 0 { fill(buffer, from: padded, frames: frames) }
      initialized = frames * Self.bands
    }
    return LogMelSpectrogram(frames: frames, bands: Self.bands, values: values)
  }

  private func fill(_ output: UnsafeMutableBufferPointer<Float>, from padded: [Float], frames: Int) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: takt_log_mel_scratch) { scratch in
      filters.first.withUnsafeBufferPointer { first in
        filters.length.withUnsafeBufferPointer { length in
          filters.offset.withUnsafeBufferPointer { offset in
            filters.weights.withUnsafeBufferPointer { weights in
              let bands = takt_bands(
                count: Int32(Self.bands), first: first.baseAddress, length: length.baseAddress, offset: offset.baseAddress,
                weights: weights.baseAddress)
              takt_log_mel(
                output.baseAddress, padded, frames, Self.hop, window, roots, bands, 1e-4, 3, 1 / 3.5, scratch.baseAddress)
            }
          }
        }
      }
    }
  }
}
