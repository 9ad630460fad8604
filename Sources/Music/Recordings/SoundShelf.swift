import Foundation
import Music
import Questions
import Timelines

/// Sound files as annotations and questions name them, with their lengths; each is opened once.
package struct SoundShelf {
  /// Where names are looked for; empty for the folder of the file that has the name.
  let folder: String
  /// What sets the folder, for messages.
  private let option: String
  private var lengths: [String: Result<Double, JSONLines.Refusal>] = [:]

  package init(folder: String, option: String = "tracks.audio-folder") {
    self.folder = folder
    self.option = option
  }

  /// The whole path of a sound file that stands in a file as `name`; beside the ending it may lack that of a sound file.
  ///
  /// Throws, with what was looked for, where there is none.
  func path(of name: String, beside file: String) throws -> String {
    let place = folder.isEmpty ? URL(fileURLWithPath: file).deletingLastPathComponent() : URL(fileURLWithPath: folder)
    let path = URL(fileURLWithPath: name, relativeTo: place).standardizedFileURL.path(percentEncoded: false)
    guard let found = [path].first(where: Self.isFile) ?? Self.sound(named: path) else {
      throw JSONLines.Refusal(
        "its audio \(path) is not there; give the path from \(folder.isEmpty ? "the folder of this file" : folder), or set "
          + option)
    }
    return found
  }

  /// The sound file of a path without its ending; `nil` where there is none.
  static func sound(named path: String) -> String? {
    AudioFile.extensions.lazy.flatMap { ["\(path).\($0)", "\(path).\($0.uppercased())"] }.first(where: isFile)
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
  }

  /// Seconds that a file lasts; throws where it is no sound.
  mutating func length(of path: String) throws -> Double {
    if let known = lengths[path] { return try known.get() }
    let length: Result<Double, JSONLines.Refusal>
    do {
      length = .success(try AudioFile.length(of: path))
    } catch {
      length = .failure(JSONLines.Refusal("its audio \(error)"))
    }
    lengths[path] = length
    return try length.get()
  }
}
