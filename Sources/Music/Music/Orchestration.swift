import Numbers
import Randomness

/// Which instruments of a form play when: one to three of them enter or leave at each boundary.
struct Orchestration {
  private(set) var spans: [(instrument: Instrument, beats: [ClosedRange<Double>])]

  /// Entries and exits stay this far from the next boundary, in seconds.
  private static let margin = 2.0

  private struct Toggle {
    var instrument: Int
    var enters: Bool
    var beat: Double
  }

  init(options: ComposerOptions, form: Form, random: inout RandomStream) {
    let available = options.instruments
    let lower = min(options.pool.lowerBound, available.count)
    let size = random.integer(in: lower...max(lower, min(options.pool.upperBound, available.count)))
    let pool = Self.drawn(size, of: available.count, random: &random).sorted()
    let mostActive = max(1, min(options.mostActive, size))
    var entered = [Double?](repeating: nil, count: size)
    var beats = [[ClosedRange<Double>]](repeating: [], count: size)
    for index in Self.drawn(min(random.integer(in: 1...3), mostActive), of: size, random: &random) { entered[index] = 0 }
    for section in form.sections.dropFirst() {
      var toggles = Self.toggles(active: entered.map { $0 != nil }, mostActive: mostActive, at: section, random: &random)
      Self.delay(&toggles, in: section, active: entered.map { $0 != nil }, options: options, random: &random)
      for toggle in toggles {
        if toggle.enters {
          entered[toggle.instrument] = toggle.beat
        } else if let start = entered[toggle.instrument] {
          beats[toggle.instrument].append(start...toggle.beat)
          entered[toggle.instrument] = nil
        }
      }
    }
    for (index, start) in entered.enumerated() {
      if let start { beats[index].append(start...form.endBeat) }
    }
    spans = zip(pool, beats).filter { !$1.isEmpty }.map { (available[$0], $1) }
  }

  /// One toggle with probability 0.45, two with 0.40, three with 0.15; between 1 and `mostActive` stay active.
  private static func toggles(
    active: [Bool], mostActive: Int, at section: Form.Section, random: inout RandomStream
  ) -> [Toggle] {
    var active = active
    let draw = random.uniform()
    let wanted = draw < 0.45 ? 1 : draw < 0.85 ? 2 : 3
    var toggles: [Toggle] = []
    for index in drawn(active.count, of: active.count, random: &random) where toggles.count < wanted {
      let sounding = active.count { $0 }
      if active[index] ? sounding == 1 : sounding == mostActive { continue }
      active[index].toggle()
      toggles.append(Toggle(instrument: index, enters: active[index], beat: section.startBeat))
    }
    return toggles
  }

  /// Moves some toggles to a later beat of the section, unless silence or a crowd would come of it.
  private static func delay(
    _ toggles: inout [Toggle], in section: Form.Section, active: [Bool], options: ComposerOptions, random: inout RandomStream
  ) {
    let last = Int(saturating: (section.beats - margin * section.beatsPerMinute / 60).rounded(.down))
    guard last >= 1 else { return }
    let planned = toggles
    for index in toggles.indices where random.chance(options.delayedToggles) {
      toggles[index].beat += Double(random.integer(in: 1...last))
    }
    toggles.sort { ($0.beat, $0.instrument) < ($1.beat, $1.instrument) }
    var sounding = active.count { $0 }
    var index = 0
    while index < toggles.count {
      let beat = toggles[index].beat
      while index < toggles.count, toggles[index].beat == beat {
        sounding += toggles[index].enters ? 1 : -1
        index += 1
      }
      if sounding < 1 || sounding > options.mostActive {
        toggles = planned
        return
      }
    }
  }

  /// `count` different numbers below `total`, in random order.
  private static func drawn(_ count: Int, of total: Int, random: inout RandomStream) -> [Int] {
    Array((0..<total).shuffled(using: &random).prefix(count))
  }
}
