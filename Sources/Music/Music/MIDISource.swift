import Files
import Foundation
import Timelines

/// A MIDI file wherever it is stored: a file of its own, or a lump in a WAD archive.
struct MIDISource: Sendable, Hashable {
  /// The file's path, with `:LUMP` appended for a lump.
  var origin: String
  /// Letters, digits and hyphens, made from the origin's name.
  var name: String
  var bytes: [UInt8]
  /// SHA-256 of the file that this is a variation of; `nil` for a file as it is.
  var family: String?

  /// What the given files and folders hold, folders with everything below them.
  ///
  /// Of a folder, `.wad`, `.mid`, `.midi`, `.rmi` and `.kar` files are taken, sorted by path.
  ///
  /// A path that is not there or a WAD file that is damaged goes to `rejected` with the reason.
  static func found(at paths: [String], rejected: (MusicError) -> Void) -> [MIDISource] {
    paths.flatMap(files).flatMap { path -> [MIDISource] in
      do throws(MusicError) {
        return try sources(in: path)
      } catch {
        rejected(error)
        return []
      }
    }
  }

  private static func files(at path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return [path] }
    let below = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return below.filter { ["wad", "mid", "midi", "rmi", "kar"].contains(suffix(of: $0)) }.sorted().map { "\(path)/\($0)" }
  }

  private static func sources(in path: String) throws(MusicError) -> [MIDISource] {
    let bytes = try FileBytes.read(path, atMost: suffix(of: path) == "wad" ? InputLimit.archiveBytes : InputLimit.midiBytes)
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    guard suffix(of: path) == "wad" else { return [MIDISource(origin: path, name: plain(name), bytes: bytes)] }
    return try WADArchive(parsing: bytes, path: path).music.map {
      MIDISource(origin: "\(path):\($0.name)", name: plain("\(name)-\($0.name.dropFirst(2))"), bytes: Array($0.bytes))
    }
  }

  private static func suffix(of path: String) -> String { URL(fileURLWithPath: path).pathExtension.lowercased() }

  private static func plain(_ name: String) -> String {
    String(
      name.lowercased().unicodeScalars.map { scalar -> Character in
        let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        return isPlain ? Character(scalar) : "-"
      })
  }
}

/// Whole files, with errors that name them.
enum FileBytes {
  static func read(_ path: String) throws(MusicError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw MusicError(.unreadable, path: path, "cannot be read: is it there, and may it be read?")
    }
  }

  /// Nothing is read of a file that is larger than `limit`.
  static func read(_ path: String, atMost limit: Int) throws(MusicError) -> [UInt8] {
    do throws(FileError) {
      return try OutsideFile.bytes(of: path, atMost: limit, remedy: "cut it into parts")
    } catch {
      throw MusicError(error.code == .unreadable ? .unreadable : .unsupported, path: path, error.message)
    }
  }

  /// A reader sees the old file or the new, never a part.
  static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(MusicError) {
    do {
      try AtomicFile.write(Array(bytes), to: path)
    } catch {
      throw MusicError(.unwritable, path: error.path, error.message)
    }
  }
}
