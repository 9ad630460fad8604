import Numbers
package import Randomness
import RealModule

/// A piece as it might also have been written: another key, another tempo, other programs, parts that rest for a while, other dynamics.
///
/// A few dozen real pieces make one model learn the pieces; a few hundred variations of them make it learn what they have in common.
/// What is true of the variation follows from its own notes, as it does for any MIDI file.
package struct MIDIVariation: Sendable, Hashable {
  /// Semitones that all parts but drums move by, within −12…12.
  package var semitones: ClosedRange<Int> = -5...6
  /// Largest factor, and its inverse the smallest, that the tempo is multiplied by.
  package var tempo = 1.25
  /// Probability that a part gets another program of its family, and one of any family.
  package var sameFamily = 0.35
  package var otherFamily = 0.2
  /// Probability that a part is left out; at least two stay.
  package var omission = 0.1
  /// Rests of a part in an hour of its music, and their length in bars of four beats.
  package var restsAnHour = 45.0
  package var restBars: ClosedRange<Int> = 4...16
  /// Factors of a part's velocities, and of all in stretches of 8 to 16 bars that are softer.
  package var gain: ClosedRange<Double> = 0.6...1.3
  package var softStretch: ClosedRange<Double> = 0.45...0.8

  package init() {}

  private static let drums: UInt8 = 9

  /// For each program those of its family, in order.
  private static let families = (UInt8(0)...127).map { program in
    let label = GeneralMIDI.label(ofProgram: program, isDrums: false)
    return (UInt8(0)...127).filter { GeneralMIDI.label(ofProgram: $0, isDrums: false) == label }
  }

  /// The file with everything drawn from `stream`; equal streams give equal files.
  ///
  /// Programs follow the parts: the same channel with the same program gets the same other one throughout. Files in SMPTE time keep
  /// their tempo. Throws where the file is longer than a `MIDIScore` may be.
  package func applied(to file: MIDIFile, stream: RandomStream) throws(MusicError) -> MIDIFile {
    var random = stream
    precondition(semitones.lowerBound >= -12 && semitones.upperBound <= 12, "at most an octave up or down")
    let parts = try Parts(file)
    var varied = withTempo(of: file, factor: Double.exp(random.uniform(in: -1...1) * Double.log(tempo)))
    let shift = random.integer(in: semitones)
    let plans = plans(for: parts, shift: shift, soft: softStretches(of: parts, using: &random), using: &random)
    varied.tracks = varied.tracks.map { events in
      events.compactMap { event in
        guard let channel = event.channel, let plan = plans[channel] else { return event }
        return plan.applied(to: event)
      }
    }
    return varied.withFirstPrograms(plans.compactMapValues(\.programs.first), in: parts)
  }

  private func plans(
    for parts: Parts, shift: Int, soft: [(ticks: Range<Int>, factor: Double)], using random: inout RandomStream
  ) -> [UInt8: PartPlan] {
    var plans: [UInt8: PartPlan] = [:]
    var staying = parts.channels.count
    for channel in parts.channels {
      var plan = PartPlan(shift: channel == Self.drums ? 0 : shift, gain: random.uniform(in: gain), soft: soft)
      plan.isOmitted = random.chance(omission) && staying > 2
      staying -= plan.isOmitted ? 1 : 0
      if channel != Self.drums {
        for program in UInt8(0)...127 { plan.programs.append(other(program, using: &random)) }
      }
      let bars = Double(parts.end) / Double(parts.bar)
      let expected = restsAnHour * parts.seconds / 3600
      for _ in 0..<Self.count(expected, using: &random) {
        let length = random.integer(in: restBars)
        let start = Int(saturating: random.uniform() * max(1, bars - Double(length)))
        plan.rests.append(start * parts.bar..<(start + length) * parts.bar)
      }
      plans[channel] = plan
    }
    return plans
  }

  private func other(_ program: UInt8, using random: inout RandomStream) -> UInt8 {
    let draw = random.uniform()
    let inFamily = Self.families[Int(program)].randomElement(using: &random) ?? program
    let any = UInt8(random.integer(in: 0...119))
    if draw < otherFamily { return any }
    return draw < otherFamily + sameFamily ? inFamily : program
  }

  private func softStretches(of parts: Parts, using random: inout RandomStream) -> [(ticks: Range<Int>, factor: Double)] {
    (0..<Self.count(parts.seconds / 60, using: &random)).map { _ in
      let length = random.integer(in: 8...16) * parts.bar
      let start = Int(saturating: random.uniform() * Double(max(1, parts.end - length))) / parts.bar * parts.bar
      return (start..<start + length, random.uniform(in: softStretch))
    }
  }

  private func withTempo(of file: MIDIFile, factor: Double) -> MIDIFile {
    var file = file
    guard case .ticksPerQuarter = file.division else { return file }
    func scaled(_ microseconds: Int) -> Int { min(max(Int(saturating: Double(microseconds) / factor), 1), 0xFF_FFFF) }
    var hasFirst = false
    for track in file.tracks.indices {
      for place in file.tracks[track].indices {
        guard case .tempo(let microseconds) = file.tracks[track][place].message else { continue }
        hasFirst = hasFirst || file.tracks[track][place].tick == 0
        file.tracks[track][place].message = .tempo(microsecondsPerQuarter: scaled(microseconds))
      }
    }
    if !hasFirst, !file.tracks.isEmpty {
      file.tracks[0].insert(MIDIEvent(tick: 0, message: .tempo(microsecondsPerQuarter: scaled(500_000))), at: 0)
    }
    return file
  }

  /// A whole number with the given mean: the fraction is a chance.
  private static func count(_ mean: Double, using random: inout RandomStream) -> Int {
    Int(saturating: mean) + (random.chance(mean - mean.rounded(.down)) ? 1 : 0)
  }
}

/// What of a file a variation needs to know.
private struct Parts {
  /// Channels that notes are on, in order, and those of them whose first note comes before any program.
  let channels: [UInt8]
  let unprogrammed: [UInt8]
  /// Ticks of a bar of four beats, and of the whole file.
  let bar: Int
  let end: Int
  let seconds: Double

  init(_ file: MIDIFile) throws(MusicError) {
    let events = file.tracks.joined()
    var firstNote: [UInt8: Int] = [:]
    var firstProgram: [UInt8: Int] = [:]
    for event in events {
      if case .noteOn(let channel, _, _) = event.message {
        firstNote[channel] = min(firstNote[channel] ?? .max, event.tick)
      } else if case .program(let channel, _) = event.message {
        firstProgram[channel] = min(firstProgram[channel] ?? .max, event.tick)
      }
    }
    channels = firstNote.keys.sorted()
    unprogrammed = channels.filter { (firstProgram[$0] ?? .max) > (firstNote[$0] ?? 0) }
    end = events.map(\.tick).max() ?? 0
    switch file.division {
    case .ticksPerQuarter(let ticks): bar = 4 * ticks
    case .ticksPerSecond(let ticks): bar = max(1, Int(saturating: 2 * ticks))
    }
    seconds = try MIDIScore(file, path: "a file to be varied").duration
  }
}

/// What happens to the events of one channel.
private struct PartPlan {
  var shift: Int
  var gain: Double
  var soft: [(ticks: Range<Int>, factor: Double)]
  var isOmitted = false
  /// Program → program; empty for drums.
  var programs: [UInt8] = []
  var rests: [Range<Int>] = []

  /// `nil` where the event falls away.
  func applied(to event: MIDIEvent) -> MIDIEvent? {
    var event = event
    switch event.message {
    case .noteOn(let channel, let key, let velocity) where velocity > 0:
      guard !isOmitted, !rests.contains(where: { $0.contains(event.tick) }) else { return nil }
      let factor = soft.first { $0.ticks.contains(event.tick) }?.factor ?? 1
      let loudness = min(max(Int(saturating: (Double(velocity) * gain * factor).rounded()), 1), 127)
      event.message = .noteOn(channel: channel, key: moved(key), velocity: UInt8(loudness))
    case .noteOn(let channel, let key, let velocity):
      event.message = .noteOn(channel: channel, key: moved(key), velocity: velocity)
    case .noteOff(let channel, let key, let velocity):
      event.message = .noteOff(channel: channel, key: moved(key), velocity: velocity)
    case .program(let channel, let program) where !programs.isEmpty:
      event.message = .program(channel: channel, program: programs[Int(program)])
    default: break
    }
    return event
  }

  /// By octaves back into the range where the shift leaves it.
  private func moved(_ key: UInt8) -> UInt8 {
    let target = Int(key) + shift
    return UInt8(target < 0 ? target + 12 : target > 127 ? target - 12 : target)
  }
}

extension MIDIEvent {
  /// The channel of a note or program event.
  fileprivate var channel: UInt8? {
    switch message {
    case .noteOn(let channel, _, _), .noteOff(let channel, _, _), .program(let channel, _): channel
    default: nil
    }
  }
}

extension MIDIFile {
  /// The file with a program right before the first note of each channel that would otherwise begin on program 0: later than any reset
  /// of the synthesizer.
  fileprivate func withFirstPrograms(_ programs: [UInt8: UInt8], in parts: Parts) -> MIDIFile {
    var file = self
    for channel in parts.unprogrammed {
      guard let program = programs[channel] else { continue }
      for track in file.tracks.indices {
        let first = file.tracks[track].firstIndex { event in
          if case .noteOn(channel, _, _) = event.message { true } else { false }
        }
        guard let first else { continue }
        let event = MIDIEvent(tick: file.tracks[track][first].tick, message: .program(channel: channel, program: program))
        file.tracks[track].insert(event, at: first)
      }
    }
    return file
  }
}
