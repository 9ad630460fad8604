import Foundation
import Numbers
import Timelines

/// Renders MIDI files with the `fluidsynth` command and a sound font.
///
/// What is played is what ``MIDIScore`` reads: the file as ``MIDIFile`` writes it, every key and pedal let go at its end. The sound comes
/// through a pipe and ends at the latest ``longestTail`` s after the score, whatever the command does; no file is left behind.
package struct FluidSynth: Sendable, Hashable {
  package let command: String
  package let soundFont: String
  /// Seconds that rendering may take at least; a score gets as long as it lasts beyond this.
  package var patience = 120.0

  /// Most seconds of sound after the end of the score.
  package static let longestTail = 10.0
  private static let remedy = "apt-get install fluidsynth timgm6mb-soundfont"
  private static let fontFolders = ["/usr/share/sounds/sf2", "/usr/share/soundfonts"]
  private static let preferredFonts = ["TimGM6mb.sf2", "FluidR3_GM.sf2", "default-GM.sf2"]

  /// Throws where the command or the font is not there; the message says what to install.
  ///
  /// - Parameters:
  ///   - command: a path, or a name to look up in `PATH`.
  ///   - soundFont: a path; where it is not given, a font among those that the system has installed.
  package init(command: String = "fluidsynth", soundFont: String? = nil) throws(MusicError) {
    guard let found = Self.executable(command) else {
      throw MusicError(.tool, path: command, "is not installed: \(Self.remedy)")
    }
    self.command = found
    guard let font = soundFont ?? Self.installedFont() else {
      throw MusicError(
        .tool, path: Self.fontFolders[0], "holds no sound font (*.sf2): \(Self.remedy), or name the font to use")
    }
    guard FileManager.default.isReadableFile(atPath: font) else {
      throw MusicError(.tool, path: font, "is no sound font that can be read: \(Self.remedy), or name another")
    }
    if let problem = Self.problem(withFont: font) {
      throw MusicError(.tool, path: font, "\(problem): \(Self.remedy), or name another font")
    }
    self.soundFont = font
  }

  /// What is wrong with a sound font; FluidSynth plays another in its place, or nothing, and calls that a success.
  private static func problem(withFont path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let file = FileHandle(forReadingAtPath: path) else {
      return "is no sound font: it is no regular file"
    }
    defer { try? file.close() }
    let start = [UInt8]((try? file.read(upToCount: 12)) ?? Data())
    let kind = start.dropFirst(8)
    guard start.starts(with: "RIFF".utf8), kind.elementsEqual("sfbk".utf8) || kind.elementsEqual("DLS ".utf8) else {
      return "is no sound font: it does not begin as one (RIFF of kind sfbk)"
    }
    let announced = 8 + start[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    return announced <= Int(status.st_size)
      ? nil : "is a damaged sound font: its header promises \(announced) bytes, and there are \(status.st_size)"
  }

  /// Plays a MIDI file into a signal at 16 kHz, without reverberation or chorus; the same file gives the same samples.
  ///
  /// Throws where the file cannot be read, or the command fails, takes too long or leaves less than 1 s of sound.
  package func signal(ofMIDIFile path: String) throws(MusicError) -> AudioSignal {
    try signal(of: MIDIFile(file: path), path: path)
  }

  /// A composed piece as the sound font plays it, on other programs than the instruments' own where given.
  package func signal(of piece: Piece, programs: [Instrument: UInt8] = [:]) throws(MusicError) -> AudioSignal {
    try signal(of: MIDIFile(piece: piece, programs: programs), path: piece.timeline.trackID)
  }

  /// Plays a file that was read or made already; `path` is what errors name.
  func signal(of file: MIDIFile, path: String) throws(MusicError) -> AudioSignal {
    let score = try MIDIScore(file, path: path)
    let longest = min(max(score.end, score.duration) + Self.longestTail, AudioFile.allowedDuration.upperBound)
    var sound = StereoBytes(limit: Int(saturating: longest * AudioSignal.sampleRate))
    let input = try UnlinkedFile(holding: file.letGo().encoded())
    let limit = patience + longest
    let ending = try launched(reading: input.handle, within: limit) { sound.append($0) }
    if case .failed(let how, let said) = ending {
      throw MusicError(
        .tool, path: path,
        "could not be rendered: \(command) \(how)\(said.isEmpty ? "" : " and said: \(said)")")
    }
    guard ending == .done || sound.isFull else {
      throw MusicError(
        .tool, path: path,
        "could not be rendered: \(command) was stopped after \(Int(saturating: limit)) s, when it had made \(sound.signal.duration) s of sound"
      )
    }
    guard sound.signal.duration >= AudioFile.allowedDuration.lowerBound else {
      throw MusicError(.unsupported, path: path, "gives \(sound.signal.duration) s of sound; at least 1 s is needed")
    }
    return sound.signal
  }

  private func launched(
    reading input: FileHandle, within limit: Double, take: (UnsafeRawBufferPointer) -> Bool
  ) throws(MusicError) -> ToolRun.Ending {
    // Its settings: no shell, no MIDI input, quiet, 16 kHz, gain 0.5, no reverberation, no chorus, samples of 16 bit to standard output.
    let arguments = [
      "-ni", "-q", "-r", "16000", "-g", "0.5", "-R", "0", "-C", "0", "-F", "-", "-T", "raw", "-O", "s16", soundFont,
      "/dev/stdin",
    ]
    do {
      return try ToolRun.run(command, arguments, input: input, within: limit, take: take)
    } catch {
      throw MusicError(.tool, path: command, "could not be started (\(error)): \(Self.remedy)")
    }
  }

  private static func executable(_ command: String) -> String? {
    if command.contains("/") { return FileManager.default.isExecutableFile(atPath: command) ? command : nil }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return folders.map { "\($0)/\(command)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func installedFont() -> String? {
    for folder in fontFolders {
      let fonts = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.filter { $0.hasSuffix(".sf2") }.sorted() ?? []
      if let font = preferredFonts.first(where: fonts.contains) ?? fonts.first { return "\(folder)/\(font)" }
    }
    return nil
  }
}
