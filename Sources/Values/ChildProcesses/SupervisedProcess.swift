internal import CChildProcesses
internal import Foundation
internal import Numbers
internal import Synchronization

/// A command in a process of its own that cannot outlive this one, however this one ends.
///
/// A small supervisor stands between the two. When the command ends, when ``end(grace:)`` is called or when this process is gone (its own
/// SIGKILL included), it ends whatever the command has started: SIGTERM to the command, then to what it left, then SIGKILL to all, those
/// in sessions and process groups of their own included. The command begins with no signal blocked or ignored, in a process group
/// of its own, with its three standard streams and no other descriptor.
package final class SupervisedProcess: Sendable {
  /// What one of the standard streams is.
  package enum Stream: Sendable {
    /// Reads nothing, and what is written is lost.
    case nothing
    /// This process's own.
    case inherited
    /// An open file or pipe, which stays the caller's to close.
    case descriptor(Int32)
    /// A pipe whose other end is ``SupervisedProcess/input``, ``SupervisedProcess/output`` or ``SupervisedProcess/error``.
    case pipe
  }

  /// How the command ended.
  package enum Ending: Sendable, Hashable, CustomStringConvertible {
    case exited(code: Int32)
    case killed(signal: Int32)
    /// Its supervisor was killed, so nobody knows.
    case unknown

    /// Such as *ended with exit code 1*.
    package var description: String {
      switch self {
      case .exited(let code): "ended with exit code \(code)"
      case .killed(SIGKILL): "was killed by SIGKILL (by hand, or because memory ran out)"
      case .killed(let signal): "was ended by signal \(signal), \(SignalName.of(signal))"
      case .unknown: "is gone: its supervisor was killed"
      }
    }
  }

  /// This process's end of a pipe to standard input; `nil` where that is none.
  package let input: PipeEnd?
  package let output: PipeEnd?
  package let error: PipeEnd?
  /// The command's process.
  package let processID: Int32

  private struct Life {
    /// The supervisor's end of this says how the command ended, and closes when nothing is left; −1 after that.
    var control: Int32
    let supervisor: pid_t
    var ending: Ending?
  }
  private let life: Mutex<Life>
  /// Seconds between SIGTERM and SIGKILL where nobody says otherwise.
  private let grace: Double

  /// Starts `command`, whose first word is looked for on the `PATH`.
  ///
  /// - Parameters:
  ///   - environment: the whole of it; this process's own by default.
  ///   - folder: where it runs; this process's own by default.
  ///   - grace: seconds between SIGTERM and SIGKILL, 0…3600.
  package init(
    _ command: [String], environment: [String: String]? = nil, folder: String? = nil, input: Stream = .nothing,
    output: Stream = .nothing, error: Stream = .inherited, grace: Double = 5
  ) throws(ProcessError) {
    guard let program = command.first, !program.isEmpty else {
      throw ProcessError(command: command, reason: "names no program")
    }
    if let word = command.first(where: { $0.utf8.contains(0) }) {
      let shown = word.replacing("\0", with: "\\0")
      throw ProcessError(command: command, reason: "'\(shown)' holds a character NUL, at which every program would cut it")
    }
    // A write to a process that has ended is an error to be reported, not the end of this one.
    signal(SIGPIPE, SIG_IGN)
    let grace = min(max(grace, 0), 3600)
    self.grace = grace
    let streams = StreamEnds()
    defer { streams.closeTheirs() }
    let reading = try streams.open(input, standard: STDIN_FILENO, command: command)
    let writing = try streams.open(output, standard: STDOUT_FILENO, command: command)
    let complaining = try streams.open(error, standard: STDERR_FILENO, command: command)
    let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0.key)=\($0.value)" }
    var (control, supervisor) = (Int32(-1), pid_t(0))
    let failure = CStrings.with(command) { words in
      CStrings.with(variables) { variables in
        takt_start_supervised(
          words, variables, folder, reading.theirs, writing.theirs, complaining.theirs, Int32(saturating: grace * 1000),
          &control,
          &supervisor)
      }
    }
    guard failure == 0 else {
      streams.closeMine()
      if failure == ENOENT { throw ProcessError(command: command, reason: "its supervisor needs /proc, which is not mounted") }
      throw ProcessError(command: command, errno: failure)
    }
    let first = Self.next(control, seconds: 60)
    guard let first, first.letter == Self.startedLetter else {
      streams.closeMine()
      close(control)
      waitpid(supervisor, nil, 0)
      guard let first, first.letter != 0 else {
        throw ProcessError(
          command: command,
          reason:
            "its supervisor, which is this program once more through /proc/self/exe, did not start: run the program itself, "
            + "not through a loader such as ld.so")
      }
      throw ProcessError(command: command, folder: folder, errno: first.number)
    }
    processID = first.number
    life = Mutex(Life(control: control, supervisor: supervisor))
    (self.input, self.output, self.error) = (reading.mine, writing.mine, complaining.mine)
  }

  deinit { end() }

  /// How the command ended; `nil` while it runs.
  package var ending: Ending? {
    life.withLock { life in
      Self.listen(&life, seconds: 0) { $0.ending != nil }
      return life.ending
    }
  }

  /// Waits for the command's end for at most so many seconds; `nil` where it still runs then.
  package func ending(within seconds: Double) -> Ending? {
    life.withLock { life in
      Self.listen(&life, seconds: seconds) { $0.ending != nil }
      return life.ending
    }
  }

  /// Sends a signal to the command alone.
  package func send(signal: Int32) {
    life.withLock { life in
      guard life.control >= 0 else { return }
      _ = takt_control_send(life.control, CChar(UInt8(ascii: "S")), signal)
    }
  }

  /// Ends the command and all that it has started, and returns when nothing is left; at once where nothing is.
  ///
  /// SIGTERM first, and SIGKILL after `grace` seconds (those of the start by default). What even SIGKILL does not end within three
  /// seconds more, such as a process that waits for a device, is left to the supervisor.
  package func end(grace: Double? = nil) {
    let grace = min(max(grace ?? self.grace, 0), 3600)
    life.withLock { life in
      guard life.control >= 0 else { return }
      kill(-life.supervisor, SIGCONT)  // both halves, whoever stopped them
      _ = takt_control_send(life.control, CChar(UInt8(ascii: "T")), Int32(saturating: grace * 1000))
      Self.listen(&life, seconds: grace + 3) { $0.control < 0 }
      if life.control >= 0 {
        close(life.control)
        life.control = -1
        waitpid(life.supervisor, nil, WNOHANG)
      }
    }
  }

  private static let startedLetter = Int32(UInt8(ascii: "S"))
  private static let endedLetter = Int32(UInt8(ascii: "X"))

  /// Takes what the supervisor says until `isEnough`, at most so many seconds.
  private static func listen(_ life: inout Life, seconds: Double, until isEnough: (Life) -> Bool) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while life.control >= 0, !isEnough(life) {
      guard let message = next(life.control, seconds: (deadline - .now) / .seconds(1)) else { return }
      switch message.letter {
      case endedLetter: life.ending = ending(ofStatus: message.number)
      case 0:
        close(life.control)
        life.control = -1
        waitpid(life.supervisor, nil, 0)
        life.ending = life.ending ?? .unknown
      default: continue
      }
    }
  }

  /// The supervisor's next message, of letter 0 where it is gone; `nil` where none came in so many seconds.
  private static func next(_ control: Int32, seconds: Double) -> takt_control_message? {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      var message = takt_control_message()
      switch takt_control_receive(control, &message) {
      case 1: return message
      case 0: return takt_control_message(letter: 0, number: 0)
      default: break
      }
      let left = (deadline - .now) / .milliseconds(1)
      guard left > 0 else { return nil }
      var watched = pollfd(fd: control, events: Int16(POLLIN), revents: 0)
      poll(&watched, 1, Int32(saturating: left.rounded(.up)))
    }
  }

  private static func ending(ofStatus status: Int32) -> Ending {
    status & 0x7F == 0 ? .exited(code: (status >> 8) & 0xFF) : .killed(signal: status & 0x7F)
  }
}
