import Numbers
package import Randomness
import Timelines

/// Writes pieces of music whose every event is known: same stream, same piece.
///
/// A piece has a few sections, each with a tempo, key, intensity and theme; one to three of its instruments enter or leave at each
/// boundary. An instrument's lane in the timeline is where its notes sound: the first note of an entry is struck on the entry,
/// and the last ends on the exit.
package struct Composer: Sendable {
  package var options: ComposerOptions

  /// Longest note in seconds: what the note bank holds.
  static let longestNote = 2.2

  package init(options: ComposerOptions = ComposerOptions()) {
    self.options = options
  }

  package func piece(id: String, stream: RandomStream) -> Piece {
    let form = Form(options: options, stream: stream)
    let themes = (form.sections.map(\.theme).max() ?? 0) + 1
    let harmonies = (0..<themes).map { theme in
      var random = stream.derived(3, theme)
      return Harmony(minor: form.minor, random: &random)
    }
    var lanes: [Timeline.Lane] = []
    var parts: [Piece.Part] = []
    for (instrument, beats) in form.spans {
      let spans = beats.map { Interval(form.tempo.time(ofBeat: $0.lowerBound), form.tempo.time(ofBeat: $0.upperBound)) }
      let figures = writtenFigures(for: instrument, form: form, harmonies: harmonies, stream: stream)
      lanes.append(Timeline.Lane(label: instrument.rawValue, intervals: spans))
      parts.append(
        Piece.Part(
          instrument: instrument, notes: beats.flatMap { notes(of: figures, within: $0, form: form, instrument: instrument) }))
    }
    let sections = form.sections.map { section in
      Timeline.Section(
        interval: Interval(
          form.tempo.time(ofBeat: section.startBeat), form.tempo.time(ofBeat: section.startBeat + section.beats)),
        label: Self.label(ofTheme: section.theme), intensity: Double(section.level - 1) / 4)
    }
    let duration = form.tempo.time(ofBeat: form.endBeat)
    let timeline = Timeline(trackID: id, duration: duration, lanes: lanes, sections: sections)
    return Piece(timeline: timeline, parts: parts, tempo: form.tempo)
  }

  /// The letters A to Z, then A1, B1 and so on.
  private static func label(ofTheme theme: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + theme % 26)))
    return theme < 26 ? letter : letter + "\(theme / 26)"
  }

  /// What the instrument would play if it played throughout: figures in beats of the piece.
  private func writtenFigures(
    for instrument: Instrument, form: Form, harmonies: [Harmony], stream: RandomStream
  ) -> [Figure] {
    let number = Instrument.allCases.firstIndex(of: instrument) ?? 0
    return form.sections.flatMap { section in
      var figuration = Figuration(
        instrument: instrument, section: section, harmony: harmonies[section.theme], beatsPerBar: form.beatsPerBar,
        random: stream.derived(4, number, section.theme))
      return figuration.figures().map { figure in
        var figure = figure
        figure.beat += section.startBeat
        return figure
      }
    }
  }

  private func notes(
    of figures: [Figure], within span: ClosedRange<Double>, form: Form, instrument: Instrument
  ) -> [Note] {
    var inside = figures.filter { $0.beat >= span.lowerBound && $0.beat < span.upperBound - 0.01 }
    if inside.first.map({ $0.beat > span.lowerBound }) ?? true,
      let held = figures.last(where: { $0.beat <= span.lowerBound }) ?? figures.first
    {
      let next = inside.first?.beat ?? span.upperBound
      inside.insert(Figure(beat: span.lowerBound, beats: next - span.lowerBound, keys: held.keys, accent: 1), at: 0)
    }
    var notes: [Note] = []
    let limit = form.tempo.time(ofBeat: span.upperBound)
    for (index, figure) in inside.enumerated() {
      let next = inside[(index + 1)...].first { $0.beat > figure.beat }
      let start = form.tempo.time(ofBeat: figure.beat)
      var end = form.tempo.time(ofBeat: min(figure.beat + figure.beats, span.upperBound))
      if instrument == .drums {
        end = min(start + 0.25, limit)
      } else if next == nil {
        end = limit
      }
      notes += struck(figure, from: start, to: end, form: form)
    }
    return notes.sorted { ($0.start, $0.key) < ($1.start, $1.key) }
  }

  /// The notes of a figure, struck again where it is longer than a note can be.
  private func struck(_ figure: Figure, from start: Double, to end: Double, form: Form) -> [Note] {
    let level = Double(form.sections[form.section(atBeat: figure.beat)].level)
    // 2 dB a level below the most intense.
    let velocity = figure.accent * Decibels.amplitude(2 * (level - 5))
    let count = max(1, Int(saturating: ((end - start) / Self.longestNote).rounded(.up)))
    let length = (end - start) / Double(count)
    return (0..<count).flatMap { index in
      figure.keys.map { key in
        let from = start + Double(index) * length
        return Note(start: from, end: index == count - 1 ? end : from + length, key: key, velocity: velocity)
      }
    }
  }
}
