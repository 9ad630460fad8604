import Files
import Foundation
import Policies

/// The folders in which a policy leaves its checkpoints: named, counted, verified and deleted here, filled there.
///
/// A finished one is `NUMBER-DIGEST`, where the digest is that of its `manifest.json`; a checkpoint of the run holds the whole digest. A state
/// that is saved twice has one folder.
struct PolicyCheckpoints: Sendable {
  static let kept = 2
  static let manifestName = "manifest.json"

  let path: String

  /// What a run's checkpoint holds in the place of the state.
  private struct Reference: Codable {
    /// SHA-256 of the manifest.
    let policyFolder: String
    let bytes: Int
  }

  /// What the worker writes as `manifest.json`.
  private struct Manifest: Decodable {
    struct File: Decodable {
      let bytes: Int
      let sha256: String
    }
    let files: [String: File]
  }

  /// Whether bytes name a folder; else they are a state themselves.
  static func isReference(_ state: [UInt8]) -> Bool { reference(state) != nil }

  private static func reference(_ state: [UInt8]) -> Reference? {
    state.count < 1000 ? try? JSONDecoder().decode(Reference.self, from: Data(state)) : nil
  }

  /// An empty folder to be filled, which what a killed run left does not hinder.
  func begin() throws(PolicyError) -> String {
    let folder = "\(path)/\(Self.digits((numbers.last?.number ?? 0) + 1)).partial"
    do {
      try StoredFolder.make(path)
      for left in names where left.hasSuffix(".partial") { try? FileManager.default.removeItem(atPath: "\(path)/\(left)") }
      try StoredFolder.make(folder)
    } catch {
      throw PolicyError(.backendFailure, "\(error)")
    }
    return URL(fileURLWithPath: folder).standardizedFileURL.path
  }

  /// Looks at what was written into a folder, gives it its name, and deletes the oldest; the reference to it, or what is wrong in words.
  func finish(_ folder: String) -> Result<[UInt8], Fault> {
    do throws(Fault) {
      let (digest, files) = try manifest(of: folder)
      for name in files.keys.sorted() { try Self.sync("\(folder)/\(name)") }
      try Self.sync("\(folder)/\(Self.manifestName)")
      let number = (numbers.last?.number ?? 0) + 1
      let name = "\(path)/\(Self.digits(number))-\(digest.prefix(16))"
      let same = numbers.filter { $0.name.hasSuffix("-\(digest.prefix(16))") }
      try Self.move(folder, to: name)
      AtomicFile.syncFolder(of: name)
      for old in same { try? FileManager.default.removeItem(atPath: "\(path)/\(old.name)") }
      for old in numbers.dropLast(Self.kept) { try? FileManager.default.removeItem(atPath: "\(path)/\(old.name)") }
      let bytes = files.reduce(0) { $0 + $1.value.bytes }
      return .success(Array(#"{"policyFolder":"\#(digest)","bytes":\#(bytes)}"#.utf8))
    } catch {
      return .failure(error)
    }
  }

  /// The folder that a state names, every file of which has its digest; looked for here and in `others`.
  func folder(of state: [UInt8], or others: [String] = []) throws(PolicyError) -> String {
    guard let reference = Self.reference(state) else {
      throw PolicyError(
        .badCheckpoint, "\(state.count) bytes are no checkpoint of this policy, which keeps its own in a folder that Takt names"
      )
    }
    for place in [path] + others {
      let ending = "-\(reference.policyFolder.prefix(16))"
      guard let found = Self.numbers(in: place).last(where: { $0.name.hasSuffix(ending) }) else { continue }
      let folder = URL(fileURLWithPath: "\(place)/\(found.name)").standardizedFileURL.path
      do throws(Fault) {
        let (digest, files) = try manifest(of: folder)
        guard digest == reference.policyFolder else {
          throw Fault("\(folder)/\(Self.manifestName): is another than was written")
        }
        for (name, file) in files.sorted(by: { $0.key < $1.key }) {
          guard try Self.digest("\(folder)/\(name)") == file.sha256.lowercased() else {
            throw Fault("\(folder)/\(name): is damaged, its digest is not that of the manifest")
          }
        }
      } catch {
        throw PolicyError(.badCheckpoint, error.text)
      }
      return folder
    }
    let places = ([path] + others).joined(separator: ", ")
    throw PolicyError(
      .badCheckpoint,
      "the checkpoint's folder *-\(reference.policyFolder.prefix(16)) is not in \(places): keep it beside the file that names it"
    )
  }

  struct Fault: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  /// The manifest's digest and what it lists, of the sizes that are there; nothing else lies in the folder.
  private func manifest(of folder: String) throws(Fault) -> (digest: String, files: [String: Manifest.File]) {
    let file = "\(folder)/\(Self.manifestName)"
    guard StoredFile.otherKind(file) == nil, let data = FileManager.default.contents(atPath: file) else {
      throw Fault(
        "\(file): is not there: a checkpoint ends with its manifest, and a policy on another machine needs a folder that both see"
      )
    }
    let manifest: Manifest
    do {
      manifest = try JSONDecoder().decode(Manifest.self, from: data)
    } catch {
      throw Fault(#"\#(file): is not {"files": {NAME: {"bytes": 12, "sha256": "…"}, …}}: \#(AnswerText.Complaint(error).text)"#)
    }
    for (name, entry) in manifest.files {
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      guard !parts.contains(where: { $0.isEmpty || $0 == ".." || $0 == "." }), name != Self.manifestName else {
        throw Fault("\(file): '\(ShownText.plain(name, limit: 80))' is no name of a file in the folder")
      }
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw Fault("\(folder)/\(name): is in the manifest and is no file")
      }
      guard Int(status.st_size) == entry.bytes else {
        throw Fault("\(folder)/\(name): has \(status.st_size) bytes where the manifest says \(entry.bytes)")
      }
    }
    let there = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in there where name != Self.manifestName && manifest.files[name] == nil {
      var status = stat()
      if lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
      throw Fault("\(folder)/\(name): is not in the manifest")
    }
    return (SHA256.hexadecimal([UInt8](data)), manifest.files)
  }

  private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

  private var numbers: [(number: Int, name: String)] { Self.numbers(in: path) }

  private static func numbers(in path: String) -> [(number: Int, name: String)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.compactMap { name in
      let parts = name.split(separator: "-")
      guard parts.count == 2, let number = Int(parts[0]), parts[1].count == 16 else { return nil }
      return (number, name)
    }.sorted { $0.number < $1.number }
  }

  private static func digits(_ number: Int) -> String { String(String(100_000_000 + number).dropFirst()) }

  private static func digest(_ file: String) throws(Fault) -> String {
    do {
      return try SHA256.hexadecimal(ofFile: file)
    } catch {
      throw Fault("\(error)")
    }
  }

  private static func sync(_ file: String) throws(Fault) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Fault("\(file): cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw Fault("\(file): cannot be brought to the disk: \(String(cString: strerror(errno)))")
    }
  }

  private static func move(_ old: String, to new: String) throws(Fault) {
    guard rename(old, new) == 0 else { throw Fault("\(new): cannot be named so: \(String(cString: strerror(errno)))") }
  }
}
