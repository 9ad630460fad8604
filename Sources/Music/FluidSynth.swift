import ChildProcesses
import Foundation

/// Renders MIDI files with the `fluidsynth` command and a sound font.
public struct FluidSynth: Sendable, Hashable {
  public let command: String
  public let soundFont: String

  private static let remedy = "apt-get install fluidsynth timgm6mb-soundfont"
  private static let fontFolders = ["/usr/share/sounds/sf2", "/usr/share/soundfonts"]
  private static let preferredFonts = ["TimGM6mb.sf2", "FluidR3_GM.sf2", "default-GM.sf2"]

  /// Throws where the command or the font is not there; the message says what to install.
  ///
  /// - Parameters:
  ///   - command: a path, or a name to look up in `PATH`.
  ///   - soundFont: a path; where it is not given, a font among those that the system has installed.
  public init(command: String = "fluidsynth", soundFont: String? = nil) throws(MusicError) {
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
    self.soundFont = font
  }

  /// Plays a MIDI file into a signal at 16 kHz, without reverberation or chorus; the same file gives the same samples.
  ///
  /// Throws where the command fails or leaves no sound.
  public func signal(ofMIDIFile path: String) throws(MusicError) -> AudioSignal {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).wav").path
    defer { try? FileManager.default.removeItem(atPath: output) }
    try render(path, to: output)
    return try AudioFile.read(output)
  }

  /// A composed piece as the sound font plays it, on other programs than the instruments' own where given.
  public func signal(of piece: Piece, programs: [Instrument: UInt8] = [:]) throws(MusicError) -> AudioSignal {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).mid").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileBytes.write(MIDIFile(piece: piece, programs: programs).encoded(), to: path)
    return try signal(ofMIDIFile: path)
  }

  private func render(_ path: String, to output: String) throws(MusicError) {
    let arguments = [
      "-ni", "-q", "-r", "16000", "-g", "0.5", "-R", "0", "-C", "0", "-F", output, "-T", "wav", "-O", "s16", soundFont, path,
    ]
    let rendering: FinishedCommand
    do {
      rendering = try FinishedCommand.run([command] + arguments, timeout: 86_400, output: .nothing)
    } catch {
      throw MusicError(.tool, path: command, "could not be started (\(error)): \(Self.remedy)")
    }
    guard rendering.isSuccess, FileManager.default.fileExists(atPath: output) else {
      let said = String(decoding: rendering.error, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      throw MusicError(
        .tool, path: path,
        "could not be rendered: \(command) \(rendering.ending)\(said.isEmpty ? "" : " and said: \(said)")"
      )
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
