import Annotations
import Evaluations
package import Experiments
import Files
import Foundation
import MusTBench
import Music
import Numbers
import Options
import Questions
import Randomness
import Timelines

/// What `takt tracks` does with files.
package enum MusicFiles {
  /// Largest number of a composed piece, and most pieces at a time.
  package static let mostPieces = InputLimit.count

  /// Writes sound, MIDI and timeline of composed pieces; `report` gets a line for each.
  package static func compose(seed: UInt64, indices: Range<Int>, folder: String, report: (String) -> Void) throws {
    try StoredFolder.make(folder)
    for index in indices {
      let piece = ComposedTrack.piece(seed: seed, index: index)
      let base = "\(folder)/\(piece.timeline.trackID)"
      try AudioFile.write(ComposedTrack.signal(of: piece, seed: seed, index: index), to: base + ".wav")
      try AtomicFile.write(MIDIFile(piece: piece).encoded(), to: base + ".mid")
      try AtomicFile.write(try JSONText.indented(piece.timeline), to: base + ".json")
      report("\(base): \(summary(of: piece.timeline))")
    }
  }

  package static func render(midi: String, to output: String, soundFont: String?) throws -> String {
    let signal = try FluidSynth(soundFont: soundFont).signal(ofMIDIFile: midi)
    try AudioFile.write(signal, to: output)
    return "\(output): \(String(format: "%.1f", signal.duration)) s"
  }

  /// What `inspect` says of a sound file.
  private struct SoundFacts: Encodable {
    /// In seconds.
    var duration: Double
    var frames, bands: Int
    var meanLogMel: Double
  }

  /// Lanes and sections drawn in text, and the questions that can be asked.
  package static func inspect(_ path: String, asJSON: Bool = false, plugins: Plugins = .current) throws -> String {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "json":
      let record = try JSONLines.object(TimelineRecord.self, from: URL(fileURLWithPath: path), called: "timeline")
      return asJSON ? try JSONText.indented(record.timeline) : text(of: record.timeline, plugins.tasks)
    case _ where TrackAnnotation.isAnnotation(path):
      let timeline = try TrackAnnotation(file: path).timeline(id: name, sources: AnnotatedTracks.knownInstruments)
      return asJSON ? try JSONText.indented(timeline) : text(of: timeline, plugins.tasks)
    case "mid", "midi", "rmi", "kar":
      let timeline = try MIDIScore(MIDIFile(file: path), path: path).timeline(id: name)
      return asJSON ? try JSONText.indented(timeline) : text(of: timeline, plugins.tasks)
    default:
      let signal = try AudioFile.read(path)
      let spectrogram = LogMel().spectrogram(of: signal)
      let mean = spectrogram.values.reduce(0, +) / Float(max(spectrogram.values.count, 1))
      if asJSON {
        return try JSONText.indented(
          SoundFacts(duration: signal.duration, frames: spectrogram.frames, bands: spectrogram.bands, meanLogMel: Double(mean)))
      }
      return String(
        format: "%@: %.2f s, %d frames of %d mel bands, mean log-mel %.3f\n", path, signal.duration, spectrogram.frames,
        spectrogram.bands, mean)
    }
  }

  /// Prepares a corpus and says what it holds.
  package static func corpus(
    folder: String, soundFont: String?, sources: [String], variations: Int = 0, progress: WorkProgress
  ) throws -> String {
    var preparation = CorpusPreparation(folder: folder, fluidSynth: try FluidSynth(soundFont: soundFont))
    preparation.variations = variations
    let manifest = try preparation.prepare(sources: sources.isEmpty ? CorpusPreparation.debianSources : sources) {
      _, done, count in
      progress.report("rendering pieces", done, count)
    }
    let written = manifest.pieces.filter { $0.family == nil }
    let varied = manifest.pieces.count - written.count
    let counts =
      CorpusSplit.allCases.map { split in "\(written.count { $0.split == split }) \(split.rawValue)" }
      + (varied > 0 ? ["\(varied) variations"] : [])
    let minutes = manifest.pieces.reduce(0) { $0 + $1.duration } / 60
    let skipped = manifest.skipped.map { "\n  skipped \($0.origin): \($0.reason)" }.joined()
    return
      "\(folder): \(manifest.pieces.count) pieces, \(Int(saturating: minutes)) minutes (\(counts.joined(separator: ", ")))\(skipped)"
  }

  private static func summary(of timeline: Timeline) -> String {
    String(format: "%.1f s, %d instruments, %d sections", timeline.duration, timeline.lanes.count, timeline.sections.count)
  }

  private static func text(of timeline: Timeline, _ tasks: TaskCatalog) -> String {
    let columns = 72
    func row(_ label: String, _ mark: (Double) -> Character) -> String {
      let cells = (0..<columns).map { mark((Double($0) + 0.5) * timeline.duration / Double(columns)) }
      return label.padding(toLength: 10, withPad: " ", startingAt: 0) + String(cells) + "\n"
    }
    let lanes = timeline.lanes.map { lane in
      row(lane.label) { time in lane.intervals.contains { $0.start <= time && time < $0.end } ? "█" : "·" }
    }
    let levels = Array("▁▃▅▆█")
    let intensity = row("intensity") { time in
      guard let section = timeline.sections.first(where: { $0.interval.start <= time && time < $0.interval.end }) else {
        return " "
      }
      return levels[min(max(0, Int(saturating: (section.intensity * 4).rounded())), levels.count - 1)]
    }
    var stream = RandomStream(seed: 0)
    let questions = tasks.all.flatMap { $0.questions(for: timeline, stream: &stream) }.map { question in
      let answer = question.references.first.map { AnswerWriter(AnswerForm(question)).write($0) } ?? ""
      return "\(question.task)  \(question.text)  → \(answer)\n"
    }
    return "\(timeline.trackID): \(summary(of: timeline))\n\n" + lanes.joined() + intensity
      + "          0:00" + String(repeating: " ", count: columns - 9) + AnswerWriter.clock(timeline.duration.rounded()) + "\n\n"
      + questions.joined()
  }
}
