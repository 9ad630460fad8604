import Files
import Foundation
import Numbers
import Randomness
import Synchronization
import Timelines

/// Makes a corpus out of MIDI files: renders each, derives its timeline, and keeps both in a folder.
///
/// A piece that is in the folder already, made from the same MIDI file with the same sound font, is kept, so a preparation that was
/// stopped goes on where it was. A piece's record is written last and whole. Sources that cannot be used are skipped with the
/// reason; copies of one MIDI file count once.
package struct CorpusPreparation: Sendable {
  /// What happened to one source.
  package enum Progress: Sendable, Hashable {
    case rendered(id: String, seconds: Double)
    case kept(id: String)
    case skipped(origin: String, reason: String)
  }

  package var folder: String
  package var fluidSynth: FluidSynth
  /// Shorter pieces are skipped, in seconds.
  package var shortest = 20.0
  /// Pieces with fewer instruments are skipped.
  package var fewestInstruments = 2
  /// Variations that are made of each piece that is not for validation, to be learnt from.
  package var variations = 0
  /// The sound files' format; flac loses nothing and takes half the room of wav.
  package var format: AudioFile.Format = .flac

  package init(folder: String, fluidSynth: FluidSynth) {
    self.folder = folder
    self.fluidSynth = fluidSynth
  }

  /// Where Debian's packages `freedoom` and `openttd-openmsx` put their music.
  package static let debianSources = [
    "/usr/share/games/doom/freedoom1.wad", "/usr/share/games/doom/freedoom2.wad", "/usr/share/games/openttd/baseset/openmsx",
  ]

  /// Prepares what the given WAD files, MIDI files and folders hold.
  ///
  /// Throws where the folder cannot be written or nothing usable is found; `progress` is called after each source, with the number
  /// done and the number of all.
  package func prepare(
    sources paths: [String], progress: (Progress, _ done: Int, _ count: Int) -> Void = { _, _, _ in }
  ) throws(MusicError) -> CorpusManifest {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw MusicError(.unwritable, path: folder, "cannot be made (\(error.localizedDescription))")
    }
    let fontDigest = SHA256.hexadecimal(try FileBytes.read(fluidSynth.soundFont))
    var skipped: [CorpusManifest.Skipped] = []
    let sources = MIDISource.found(at: paths) { skipped.append(.init(origin: $0.path, reason: $0.description)) }
      .flatMap { [$0] + $0.variations(variations) }
    for (index, one) in skipped.enumerated() {
      progress(.skipped(origin: one.origin, reason: one.reason), index + 1, skipped.count + sources.count)
    }
    let unreadable = skipped.count
    var pieces: [CorpusPiece] = []
    var plans: [Plan] = []
    let atOnce = max(1, ProcessInfo.processInfo.activeProcessorCount)
    for first in stride(from: 0, to: sources.count, by: atOnce) {
      let outcomes = sources[first..<min(first + atOnce, sources.count)].map { source in
        Result { () throws(MusicError) in
          guard source.family == nil || plans.contains(where: { $0.digest == source.family }) else {
            throw MusicError(.unsupported, path: source.origin, Self.orphaned)
          }
          let plan = try plan(source, fontDigest: fontDigest, among: plans)
          plans.append(plan)
          return plan
        }
      }
      for (offset, outcome) in rendered(outcomes, fontDigest: fontDigest).enumerated() {
        let source = sources[first + offset]
        let isWanted = source.family == nil || pieces.contains { $0.midiDigest == source.family }
        let done: Progress
        switch outcome {
        case .success(let (piece, isNew)) where isWanted:
          pieces.append(piece)
          done = isNew ? .rendered(id: piece.id, seconds: piece.timeline.duration) : .kept(id: piece.id)
        case .success:
          done = .skipped(origin: source.origin, reason: Self.orphaned)
        case .failure(let error):
          guard error.code != .unwritable else { throw error }
          plans.removeAll { $0.source == source }
          if isWanted { skipped.append(.init(origin: source.origin, reason: error.message)) }
          done = .skipped(origin: source.origin, reason: error.message)
        }
        progress(done, unreadable + first + offset + 1, unreadable + sources.count)
      }
    }
    guard !pieces.isEmpty else {
      throw MusicError(
        .unsupported, path: paths.joined(separator: ", "),
        "held no MIDI file that can be used (\(skipped.count) skipped): apt-get install freedoom openttd-openmsx, or name others"
      )
    }
    return try finish(pieces, skipped: skipped, fontDigest: fontDigest)
  }

  private static let orphaned = "is a variation of a piece that cannot be used"

  /// What is to be made of a source.
  private struct Plan: Sendable {
    let source: MIDISource
    let id: String
    let digest: String
    let score: MIDIScore
  }

  /// Throws where the source cannot be used.
  private func plan(_ source: MIDISource, fontDigest: String, among plans: [Plan]) throws(MusicError) -> Plan {
    let digest = SHA256.hexadecimal(source.bytes)
    if let twin = plans.first(where: { $0.digest == digest }) {
      throw MusicError(.unsupported, path: source.origin, "is the same as \(twin.source.origin)")
    }
    let isTaken = plans.contains { $0.id == source.name }
    let id = isTaken ? "\(source.name)-\(digest.prefix(6))" : source.name
    let score = try MIDIScore(try MIDIFile(parsing: source.bytes, path: source.origin), path: source.origin)
    let instruments = score.timeline(id: id).lanes.count
    guard score.duration >= shortest, instruments >= fewestInstruments else {
      throw MusicError(
        .unsupported, path: source.origin,
        "lasts \(score.duration) s and has \(instruments) instruments; at least \(shortest) s and \(fewestInstruments) are asked for"
      )
    }
    return Plan(source: source, id: id, digest: digest, score: score)
  }

  /// The pieces of some plans, made at the same time.
  private func rendered(
    _ plans: [Result<Plan, MusicError>], fontDigest: String
  ) -> [Result<(piece: CorpusPiece, isNew: Bool), MusicError>] {
    let made = Mutex<[Int: Result<(piece: CorpusPiece, isNew: Bool), MusicError>]>([:])
    DispatchQueue.concurrentPerform(iterations: plans.count) { index in
      let outcome = plans[index].flatMap { plan in
        Result { () throws(MusicError) in try prepared(plan, fontDigest: fontDigest) }
      }
      made.withLock { $0[index] = outcome }
    }
    return made.withLock { made in plans.indices.compactMap { made[$0] } }
  }

  private func prepared(_ plan: Plan, fontDigest: String) throws(MusicError) -> (piece: CorpusPiece, isNew: Bool) {
    let (source, id, digest) = (plan.source, plan.id, plan.digest)
    if let piece = kept(id, digest: digest, fontDigest: fontDigest) { return (piece, false) }
    let audio = try rendered(source, id: id, length: plan.score.duration)
    let piece = CorpusPiece(
      version: CorpusManifest.currentVersion, id: id, origin: source.origin,
      split: CorpusSplit(digest: source.family ?? digest), audio: audio.name, midiDigest: digest,
      soundFontDigest: fontDigest, audioDigest: audio.digest, family: source.family,
      timeline: plan.score.timeline(id: id, duration: audio.duration))
    try write(piece, to: "\(folder)/\(id).json")
    return (piece, true)
  }

  /// The record of an earlier preparation, if it is of the same content and its sound is there.
  private func kept(_ id: String, digest: String, fontDigest: String) -> CorpusPiece? {
    guard
      let piece = try? Corpus.decoded(CorpusPiece.self, from: "\(folder)/\(id).json"), piece.midiDigest == digest,
      piece.soundFontDigest == fontDigest, piece.audio == "\(id).\(format.rawValue)",
      piece.version == CorpusManifest.currentVersion,
      let bytes = try? FileBytes.read("\(folder)/\(piece.audio)"), SHA256.hexadecimal(bytes) == piece.audioDigest
    else { return nil }
    return piece
  }

  private func finish(
    _ pieces: [CorpusPiece], skipped: [CorpusManifest.Skipped], fontDigest: String
  ) throws(MusicError) -> CorpusManifest {
    let manifest = CorpusManifest(
      version: CorpusManifest.currentVersion, soundFont: URL(fileURLWithPath: fluidSynth.soundFont).lastPathComponent,
      soundFontDigest: fontDigest, pieces: pieces.map(CorpusManifest.Entry.init).sorted { $0.id < $1.id }, skipped: skipped)
    try write(manifest, to: "\(folder)/manifest.json")
    return manifest
  }

  private func write(_ value: some Encodable, to path: String) throws(MusicError) {
    do {
      try FileBytes.write(Corpus.encoded(value), to: path)
    } catch let error as MusicError {
      throw error
    } catch {
      throw MusicError(.unwritable, path: path, "cannot be encoded (\(error))")
    }
  }

  private func rendered(
    _ source: MIDISource, id: String, length: Double
  ) throws(MusicError) -> (name: String, digest: String, duration: Double) {
    let midi = "\(folder)/\(id).mid"
    try FileBytes.write(source.bytes, to: midi)
    let signal = Self.trimmed(try fluidSynth.signal(ofMIDIFile: midi), length: length)
    let name = "\(id).\(format.rawValue)"
    try AudioFile.write(signal, to: "\(folder)/\(name)")
    return (name, SHA256.hexadecimal(try FileBytes.read("\(folder)/\(name)")), signal.duration)
  }
  /// Without the seconds after the last note in which nothing above −60 dB is left.
  private static func trimmed(_ signal: AudioSignal, length: Double) -> AudioSignal {
    let audible = (signal.samples.lastIndex { abs($0) > 1e-3 } ?? 0) + 1
    let end = max(audible, Int(saturating: (length * AudioSignal.sampleRate).rounded(.up)))
    return AudioSignal(samples: Array(signal.samples.prefix(end)))
  }
}

extension MIDISource {
  /// So many variations of the file; none of one that is damaged, too long or for validation.
  fileprivate func variations(_ count: Int) -> [MIDISource] {
    let digest = SHA256.hexadecimal(bytes)
    guard count > 0, CorpusSplit(digest: digest) != .validation, let file = try? MIDIFile(parsing: bytes, path: origin) else {
      return []
    }
    let seed = UInt64(digest.prefix(16), radix: 16) ?? 0
    return (1...count).compactMap { number in
      guard let varied = try? MIDIVariation().applied(to: file, stream: RandomStream(seed: seed).derived(number)) else {
        return nil
      }
      return MIDISource(
        origin: "\(origin), variation \(number)", name: "\(name)-v\(number)", bytes: varied.encoded(), family: digest)
    }
  }
}
