import Timelines

/// What volume and expression (controllers 7 and 11) of one channel were over time.
///
/// Changes within 1 ms count as one, so that the work is bounded by the length in time.
struct ChannelLevels: Sendable {
  /// Smallest velocity · volume · expression that is heard, of 127³: loudness 0.05, which is 52 dB below the loudest by General MIDI's curve.
  static let softest = 102_420
  private static let step = 0.001

  private var times = [0.0]
  /// volume · expression from each time on.
  private var levels: [Int]
  /// By velocity.
  private var silences: [UInt8: [Interval]] = [:]

  init(volume: UInt8, expression: UInt8) {
    levels = [Int(volume) * Int(expression)]
  }

  mutating func change(at time: Double, volume: UInt8, expression: UInt8) {
    let level = Int(volume) * Int(expression)
    if time - times[times.count - 1] < Self.step {
      levels[levels.count - 1] = level
    } else if levels[levels.count - 1] != level {
      times.append(time)
      levels.append(level)
    }
  }

  /// Stretches within a note in which it is too soft to be heard, in order: those at its ends, and others of at least `shortest` seconds.
  mutating func silences(in note: Interval, velocity: UInt8, shortest: Double) -> [Interval] {
    if silences[velocity] == nil { silences[velocity] = allSilences(velocity) }
    let all = silences[velocity] ?? []
    var found: [Interval] = []
    var index = Self.firstIndex(in: all.count) { all[$0].end > note.start }
    while index < all.count, all[index].start < note.end {
      let silence = Interval(max(note.start, all[index].start), min(note.end, all[index].end))
      let isAtEnd = silence.start == note.start || silence.end == note.end
      if silence.duration > 0, isAtEnd || silence.duration >= shortest { found.append(silence) }
      index += 1
    }
    return found
  }

  /// The largest level within a stretch of time.
  func largest(in stretch: Interval) -> Int {
    var index = max(0, Self.firstIndex(in: times.count) { times[$0] > stretch.start } - 1)
    var largest = levels[index]
    while index < times.count, times[index] < stretch.end {
      largest = max(largest, levels[index])
      index += 1
    }
    return largest
  }

  private func allSilences(_ velocity: UInt8) -> [Interval] {
    var found: [Interval] = []
    var start: Double?
    for (time, level) in zip(times, levels) {
      let isSilent = Int(velocity) * level < Self.softest
      if isSilent {
        start = start ?? time
      } else if let begun = start {
        found.append(Interval(begun, time))
        start = nil
      }
    }
    return start.map { found + [Interval($0, .greatestFiniteMagnitude)] } ?? found
  }

  /// The first index for which a condition holds that holds for all after it; `count` where there is none.
  private static func firstIndex(in count: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
