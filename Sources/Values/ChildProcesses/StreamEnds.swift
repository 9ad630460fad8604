internal import CChildProcesses
internal import Foundation

/// The descriptors that a start opens: those that are given to the command and closed here, and those that stay.
final class StreamEnds {
  private var theirs: [Int32] = []
  private var mine: [PipeEnd] = []

  /// The descriptor that becomes a standard stream of the command, and the end of its pipe that stays here.
  func open(
    _ stream: SupervisedProcess.Stream, standard: Int32, command: [String]
  ) throws(ProcessError) -> (theirs: Int32, mine: PipeEnd?) {
    switch stream {
    case .descriptor(let descriptor): return (descriptor, nil)
    case .inherited where fcntl(standard, F_GETFD) >= 0: return (standard, nil)
    case .inherited, .nothing:
      let nothing = Foundation.open("/dev/null", O_RDWR | O_CLOEXEC)
      guard nothing >= 0 else { throw failed(command, errno) }
      theirs.append(nothing)
      return (nothing, nil)
    case .pipe:
      var ends: [Int32] = [-1, -1]
      let own = standard == STDIN_FILENO ? 1 : 0
      let failure = takt_pipe(&ends, Int32(own))
      guard failure == 0 else { throw failed(command, failure) }
      theirs.append(ends[1 - own])
      let end = PipeEnd(descriptor: ends[own])
      mine.append(end)
      return (ends[1 - own], end)
    }
  }

  func closeTheirs() {
    for descriptor in theirs { close(descriptor) }
    theirs = []
  }

  func closeMine() {
    for end in mine { end.close() }
    mine = []
  }

  private func failed(_ command: [String], _ number: Int32) -> ProcessError {
    closeTheirs()
    closeMine()
    return ProcessError(command: command, errno: number)
  }
}

/// Lists of words as C has them.
enum CStrings {
  static func with<Result>(_ words: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result) -> Result {
    let copies = words.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return copies.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
