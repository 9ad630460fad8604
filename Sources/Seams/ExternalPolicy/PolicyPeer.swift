import ChildProcesses
import Foundation
import Policies
import Synchronization
import Timelines

/// Who answers: lines there and back through the standard streams of a process or through a socket, with a limit on silence, and the end.
///
/// What the lines mean is not known here. Once the process has ended, been silent too long or said what is no answer, it is ended with all
/// that it has started, and every later exchange throws the same error: what it holds is then unknown, and a run goes on from its
/// checkpoint with a new one. A connection that breaks is another matter: see ``reconnect()``.
final class PolicyPeer: Sendable {
  /// Why lines did not come.
  enum Interruption: Error {
    case failed(PolicyError)
    /// The connection broke, in words; the policy may still be there.
    case disconnected(String)
  }

  /// Such as `the policy 'python3 my_policy.py'`.
  let description: String
  private let process: SupervisedProcess?
  private let log: StreamLog?
  private let logFile: String?
  private let address: PolicyAddress?
  private let lines: Mutex<LineExchange>
  /// Seconds of silence that are put up with.
  private let timeout: Double
  private let failure = Mutex<PolicyError?>(nil)

  private static let shownLines = 12
  /// Seconds from the end of its input to SIGTERM.
  private static let patience = 2.0

  /// Starts `command`, whose first part is looked for on the `PATH`, where there is one, and connects to `address`, where there is one.
  init(
    command: [String], address: PolicyAddress?, timeout: Double, log path: String?, showsErrors: Bool
  ) throws(PolicyError) {
    self.timeout = timeout
    self.address = address
    description =
      address.map { "the policy at \($0)" } ?? "the policy '\(command.joined(separator: " "))'"
    logFile = command.isEmpty ? nil : path
    guard !command.isEmpty else {
      guard let address else { throw PolicyError(.backendFailure, "a policy needs a command or an address") }
      (process, log) = (nil, nil)
      signal(SIGPIPE, SIG_IGN)
      lines = Mutex(try Self.connection(to: address, timeout: timeout, process: nil))
      return
    }
    do {
      log = try StreamLog(path: path, limit: InputLimit.policyLog, echoes: showsErrors)
    } catch {
      let why = String(cString: strerror(error.code.rawValue))
      throw PolicyError(.backendFailure, "\(path ?? ""): the policy's standard error cannot be kept there: \(why)")
    }
    let started: SupervisedProcess
    do {
      var environment = ProcessInfo.processInfo.environment
      environment["TAKT_POLICY"] = address.map { "\($0)" } ?? "stdio"
      started = try SupervisedProcess(command, environment: environment, input: .pipe, output: .pipe, error: .pipe)
    } catch {
      throw PolicyError(.backendFailure, "the policy \(error)")
    }
    process = started
    guard let (requests, answers, errors) = Self.pipes(of: started) else {
      preconditionFailure("streams that were asked for as pipes are pipes")
    }
    log?.note("[\(Date.now.ISO8601Format()) \(command.joined(separator: " ")), process \(started.processID)]")
    log?.follow(errors)
    if let address {
      log?.follow(answers)
      do {
        lines = Mutex(try Self.connection(to: address, timeout: timeout, process: started))
      } catch {
        started.end()
        throw PolicyError(error.code, error.message + Self.lastWords(of: log, in: path))
      }
    } else {
      lines = Mutex(LineExchange(requests: requests, answers: answers))
    }
  }

  deinit { end() }

  /// Ends the process, at its own pace where it heeds the end of its input or of its connection; without one, closes the connection.
  func end() {
    lines.withLock { $0.close() }
    process?.input?.close()
    _ = process?.ending(within: Self.patience)
    process?.end()
  }

  /// Sends requests as lines and hands over what comes; `call` names them in errors.
  func converse(
    _ requests: [[Data]], call: String, longest: Int, take: (Data) -> LineExchange.Reception
  ) throws(Interruption) {
    if let failure = failure.withLock({ $0 }) { throw .failed(failure) }
    do {
      try lines.withLock { $0 }.converse(requests, timeout: timeout, longest: longest, take: take)
    } catch {
      if address != nil, case .closed(let received, let beginning) = error, process?.ending(within: 0.3) == nil {
        let part = received > 0 ? " after \(received) bytes without the end of a line, \(ShownText.of(beginning))" : ""
        throw .disconnected("closed the connection and left '\(call)' unanswered\(part)")
      }
      let sent = requests.joined().reduce(requests.count) { $0 + $1.count }
      throw .failed(fail(said(of: error, call: call, sent: sent)))
    }
  }

  /// Connects anew, waiting for who listens as long as for an answer.
  func reconnect() throws(PolicyError) {
    guard let address else { return }
    do {
      let fresh = try Self.connection(to: address, timeout: timeout, process: process)
      lines.withLock { $0 = fresh }
    } catch {
      refuse(error)
      throw error
    }
  }

  /// Ends the process, which says what is no answer or nothing more, and lets no further exchange happen.
  func fail(_ what: String, code: PolicyError.Code = .backendFailure) -> PolicyError {
    lines.withLock { $0.close() }
    process?.end()
    let error = PolicyError(code, "\(description) \(what)" + (process == nil ? "" : Self.lastWords(of: log, in: logFile)))
    refuse(error)
    return error
  }

  /// Whether no further exchange can happen.
  var hasFailed: Bool { failure.withLock { $0 != nil } }

  /// Lets no further exchange happen.
  func refuse(_ error: PolicyError) {
    failure.withLock { $0 = $0 ?? error }
  }

  /// What the process could not do and said so; it goes on.
  func refused(_ call: String, id: Int, _ refusal: PolicyError) -> PolicyError {
    PolicyError(
      refusal.code, "\(description) refused call \(id), '\(call)': \(ShownText.plain(refusal.message))", cause: refusal.cause)
  }

  private static func connection(
    to address: PolicyAddress, timeout: Double, process: SupervisedProcess?
  ) throws(PolicyError) -> LineExchange {
    let deadline = ContinuousClock.now + .seconds(timeout)
    var pause: UInt32 = 20_000
    while true {
      let left = (deadline - .now) / .seconds(1)
      switch address.connect(within: max(0.1, left)) {
      case .success(let descriptor):
        let other = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        return LineExchange(requests: PipeEnd(descriptor: other), answers: PipeEnd(descriptor: descriptor))
      case .failure(let why):
        if let ending = process?.ending {
          throw PolicyError(.backendFailure, "the policy \(ending) and does not listen at \(address).")
        }
        guard left > 0 else {
          throw PolicyError(
            .backendFailure,
            "nobody listened at \(address) for \(timeout) s (\(why.reason)): start the policy there, such as python3 my_policy.py --listen "
              + "\(address), or correct policy.address")
        }
        usleep(pause)
        pause = min(2 * pause, 500_000)
      }
    }
  }

  private func said(of failure: LineExchange.Failure, call: String, sent: Int) -> String {
    switch failure {
    case .late(_, let received, let beginning) where process?.ending != nil:
      return ended(call, after: received, beginning)
    case .late(let unsent, let received, let beginning):
      var what = "gave no answer to '\(call)' for \(timeout) s"
      if unsent > 0 { what += ": it read only \(sent - unsent) of the \(sent) bytes of the request" }
      if received > 0 {
        what += "\(unsent > 0 ? " and" : ":") it wrote \(received) bytes without the end of a line, \(ShownText.of(beginning))"
      }
      return what + ". Raise policy.timeout, or see what holds it up."
    case .long(let received, let beginning):
      return "wrote \(received) bytes where a line answers '\(call)', more than any answer has: \(ShownText.of(beginning)). "
        + "Print anything else to standard error."
    case .closed(let received, let beginning): return ended(call, after: received, beginning)
    }
  }

  private func ended(_ call: String, after received: Int, _ beginning: Data) -> String {
    let how = process?.ending(within: 1)?.description ?? "closed its \(address == nil ? "standard output" : "connection")"
    let part = received > 0 ? " but for \(received) bytes without the end of a line, \(ShownText.of(beginning))" : ""
    return "\(how) and left '\(call)' unanswered\(part)."
  }

  /// The end of its standard error, and where all of it is.
  private static func lastWords(of log: StreamLog?, in file: String?) -> String {
    guard let log else { return "" }
    let lines = log.lastLines(shownLines, waiting: 1)
    let place = file.map { " (all of it is in \($0))" } ?? ""
    guard !lines.isEmpty else { return " Its standard error is empty." }
    return "\nIts standard error ends with\(place):\n" + lines.map { "  | \($0)" }.joined(separator: "\n")
  }

  private static func pipes(of process: SupervisedProcess) -> (PipeEnd, PipeEnd, PipeEnd)? {
    guard let input = process.input, let output = process.output, let error = process.error else { return nil }
    return (input, output, error)
  }
}
