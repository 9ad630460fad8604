import CTensorKernels
import Numbers
import RealModule

/// Brings sound to 16 kHz, block by block.
///
/// Output sample n is Σ_m input[m] · h(n·M/L − m) for the reduced ratio L/M = 16,000 / input rate, where h is a sinc under a Kaiser
/// window. With r the lower of the two rates, frequencies below 0.45·r pass, those above 0.5125·r are 90 dB down: what could fold
/// lands above 7.8 kHz. `count` input samples give ⌈count · L/M⌉ output samples, whatever the blocks, and no delay.
///
/// Kaiser 1974, *Nonrecursive digital filter design using the I0-sinh window function*.
package struct Resampler {
  package let inputRate: Int
  private let up: Int
  private let down: Int
  /// Input samples under the filter: a multiple of 16.
  private let taps: Int
  /// Row-major [up, taps]: the filter at each phase.
  private let phases: [Float]
  /// Input not yet used up, the first `taps / 2 − 1` being zeros before the start.
  private var pending: [Float]
  /// Position of the next output sample in `pending`, in units of 1/up input samples.
  private var position = 0
  private var consumed = 0
  private var produced = 0

  /// Input samples after which phases come again: what begins at a multiple of it gives the samples that the whole does.
  var period: Int { down }
  /// Input samples before a place that play a part in its output.
  var reach: Int { taps }
  /// Output samples of so many input samples, a multiple of ``period``.
  func outputs(of inputs: Int) -> Int { inputs / down * up }

  private static let attenuation = 90.0
  private static let cutoff = 0.48125
  private static let transition = 0.0625

  /// Traps where the rate is not positive.
  package init(inputRate: Int) {
    precondition(inputRate > 0, "a sample rate is positive")
    let outputRate = Int(saturating: AudioSignal.sampleRate)
    let divisor = Self.greatestCommonDivisor(inputRate, outputRate)
    self.inputRate = inputRate
    up = outputRate / divisor
    down = inputRate / divisor
    let lower = Double(min(inputRate, outputRate)) / Double(inputRate)
    let needed = (Self.attenuation - 7.95) / (2.285 * 2 * .pi * Self.transition * lower)
    taps = (Int(saturating: needed / 16) + 1) * 16
    phases = Self.phases(count: up, taps: taps, cutoff: Self.cutoff * lower)
    pending = [Float](repeating: 0, count: taps / 2 - 1)
  }

  /// The output samples that the input up to the end of this block decides.
  package mutating func push(_ block: [Float]) -> [Float] {
    consumed += block.count
    if up == down { return block }
    pending += block
    return take(pending.count)
  }

  /// The rest of the output.
  package mutating func finish() -> [Float] {
    if up == down { return [] }
    pending += [Float](repeating: 0, count: taps)
    return take((consumed * up + down - 1) / down - produced)
  }

  private mutating func take(_ most: Int) -> [Float] {
    let last = (pending.count - taps + 1) * up
    let count = min(most, max(0, (last - position + down - 1) / down))
    guard count > 0 else { return [] }
    let output = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      takt_resample(buffer.baseAddress, count, pending, phases, taps, up, down, position)
      initialized = count
    }
    position += count * down
    let used = min(position / up, pending.count)
    pending.removeFirst(used)
    position -= used * up
    produced += count
    return output
  }

  /// Row p, tap k: the filter at p/count + taps/2 − 1 − k input samples; each row sums to 1.
  private static func phases(count: Int, taps: Int, cutoff: Double) -> [Float] {
    let beta = 0.1102 * (attenuation - 8.7)
    let half = Double(taps) / 2
    var table: [Float] = []
    table.reserveCapacity(count * taps)
    for phase in 0..<count {
      let row = (0..<taps).map { tap -> Double in
        let time = Double(phase) / Double(count) + half - 1 - Double(tap)
        let inside = 1 - (time / half) * (time / half)
        guard inside > 0 else { return 0 }
        let angle = 2 * Double.pi * cutoff * time
        let sinc = time == 0 ? 1 : Double.sin(angle) / angle
        return sinc * besselI0(beta * inside.squareRoot())
      }
      let sum = row.reduce(0, +)
      table += row.map { Float($0 / sum) }
    }
    return table
  }

  /// The modified Bessel function of order 0, by its power series.
  private static func besselI0(_ x: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    var k = 1.0
    while term > sum * 1e-17 {
      term *= (x / (2 * k)) * (x / (2 * k))
      sum += term
      k += 1
    }
    return sum
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
