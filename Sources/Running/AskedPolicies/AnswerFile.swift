import Files
import Foundation
import Questions

/// A file of completions that grows while a policy is asked, and is gone on with after an end of any kind.
///
/// A line is `{"asked": DIGEST, "by": POLICY, "completion": TEXT, "cut"?: true, "id": ID}`, so ``BenchmarkEvaluation`` and whatever else
/// reads completions takes the file as it is.
struct AnswerFile {
  let path: String
  /// The digest of each question that is answered, by its id.
  private(set) var answered: [String: String] = [:]
  /// Answers that ended at the limit of their length.
  private(set) var cutCount = 0
  private let handle: FileHandle
  private var length: UInt64

  struct Line: Codable {
    var asked: String
    var by: String
    var completion: String
    var cut: Bool?
    var id: String
  }

  /// Opens or creates the file and reads what is there; half a line at its end, which a kill leaves, is cut off.
  ///
  /// Throws, before anything is changed, where another process adds to it or a line of it answers none of `asked` by this policy.
  init(path: String, policy: String, asked: [String: AskedQuestion], questions: String) throws {
    self.path = path
    if let kind = StoredFile.otherKind(path) {
      throw FileError(.unfit, path: path, "is \(kind): name a file for the completions")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let why = String(cString: strerror(errno))
      throw FileError(.unwritable, path: path, "cannot be opened: \(why); check that its folder exists and may be written")
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw FileError(.unwritable, path: path, "gets answers from another process: wait for it, or name another file")
    }
    let data: Data
    do {
      data = try handle.readToEnd() ?? Data()
    } catch {
      throw FileError(.unreadable, path: path, "cannot be read", cause: error)
    }
    let end = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    length = UInt64(end)
    let decoder = JSONDecoder()
    let lines = data[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    for (index, text) in lines.enumerated() {
      func refused(_ message: String) -> FileError {
        FileError(.foreign, path: path, line: index + 1, "\(message); name another file for these answers")
      }
      guard let line = try? decoder.decode(Line.self, from: text) else {
        throw refused("is no answer that this command has written")
      }
      let id = line.id
      guard let question = asked[id] else { throw refused("'\(id)' is the id of no question that is asked in \(questions)") }
      guard line.by == policy else { throw refused("'\(id)' was answered by '\(line.by)', and '\(policy)' is asked now") }
      guard line.asked == question.digest else {
        throw refused("'\(id)' was another question then, or it was asked with other options: see \(question.origin)")
      }
      guard answered.updateValue(line.asked, forKey: id) == nil else { throw refused("'\(id)' is answered a second time") }
      if line.cut == true { cutCount += 1 }
    }
    let rest = data[end...]
    let opening = Data(#"{"asked":""#.utf8)
    guard rest.isEmpty || rest.starts(with: opening) || opening.starts(with: rest) else {
      throw FileError(.foreign, path: path, "ends with what this command has not written; name another file for these answers")
    }
    if !rest.isEmpty { try handle.truncate(atOffset: length) }
    try handle.seekToEnd()
    AtomicFile.syncFolder(of: path)
  }

  /// Adds answers and returns when they are on the disk; the file is as it was where that fails.
  mutating func append(_ lines: [Line]) throws {
    guard !lines.isEmpty else { return }
    var data = Data()
    for line in lines { data += try JSONText.encoder().encode(line) + [UInt8(ascii: "\n")] }
    do {
      try handle.write(contentsOf: data)
      try handle.synchronize()
    } catch {
      try? handle.truncate(atOffset: length)
      throw FileError(.unwritable, path: path, "cannot be written: check the space left on its disk", cause: error)
    }
    length += UInt64(data.count)
    for line in lines {
      answered[line.id] = line.asked
      if line.cut == true { cutCount += 1 }
    }
  }
}
