import ChildProcesses
import Foundation
import Policies
import Synchronization
import Timelines

/// The process that answers: lines there and back within a time limit, and its end.
///
/// What the lines mean is not known here. Once the process has ended, been too slow or said what is no answer, it is ended with all that it
/// has started, and every later exchange throws the same error: what it holds is then unknown, and a run goes on from its checkpoint
/// with a new one.
final class PolicyProcess: Sendable {
  private let process: SupervisedProcess
  private let lines: LineExchange
  private let log: StreamLog
  private let logFile: String?
  /// Seconds that an exchange may take.
  private let timeout: Double
  private let command: String
  private let failure = Mutex<PolicyError?>(nil)

  private static let shownLines = 12
  /// Seconds from the end of its input to SIGTERM.
  private static let patience = 2.0

  /// Starts `command`, whose first part is looked for on the `PATH`.
  init(command: [String], timeout: Double, log path: String?, showsErrors: Bool) throws(PolicyError) {
    self.timeout = timeout
    self.command = command.joined(separator: " ")
    logFile = path
    do {
      log = try StreamLog(path: path, limit: InputLimit.policyLog, echoes: showsErrors)
    } catch {
      let why = String(cString: strerror(error.code.rawValue))
      throw PolicyError(.backendFailure, "\(path ?? ""): the policy's standard error cannot be kept there: \(why)")
    }
    do {
      process = try SupervisedProcess(command, input: .pipe, output: .pipe, error: .pipe)
    } catch {
      throw PolicyError(.backendFailure, "the policy \(error)")
    }
    guard let (requests, answers, errors) = Self.pipes(of: process) else {
      preconditionFailure("streams that were asked for as pipes are pipes")
    }
    lines = LineExchange(requests: requests, answers: answers)
    log.note("[\(Date.now.ISO8601Format()) \(self.command), process \(process.processID)]")
    log.follow(errors)
  }

  deinit { end() }

  /// Ends the process, at its own pace where it heeds the end of its input.
  func end() {
    lines.close()
    _ = process.ending(within: Self.patience)
    process.end()
  }

  /// Sends the pieces of a line and returns the line that answers it; `call` names them in errors.
  func exchange(_ pieces: [Data], call: String, longest: Int) throws(PolicyError) -> Data {
    if let failure = failure.withLock({ $0 }) { throw failure }
    do {
      return try lines.exchange(pieces, timeout: timeout, longest: longest)
    } catch {
      throw fail(said(of: error, call: call, sent: pieces.reduce(1) { $0 + $1.count }))
    }
  }

  /// Ends the process, which says what is no answer or nothing more, and lets no further exchange happen.
  func fail(_ what: String) -> PolicyError {
    process.end()
    let error = PolicyError(.backendFailure, "the policy '\(command)' \(what)" + lastWords)
    refuse(error)
    return error
  }

  /// Lets no further exchange happen.
  func refuse(_ error: PolicyError) {
    failure.withLock { $0 = $0 ?? error }
  }

  /// What the process could not do and said so; it goes on.
  func refused(_ call: String, id: Int, _ refusal: PolicyError) -> PolicyError {
    PolicyError(
      refusal.code, "the policy '\(command)' refused call \(id), '\(call)': \(ShownText.plain(refusal.message))",
      cause: refusal.cause)
  }

  private func said(of failure: LineExchange.Failure, call: String, sent: Int) -> String {
    switch failure {
    case .late(_, let received, let beginning) where process.ending != nil:
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
    let how = process.ending(within: 1)?.description ?? "closed its standard output"
    let part = received > 0 ? " but for \(received) bytes without the end of a line, \(ShownText.of(beginning))" : ""
    return "\(how) and left '\(call)' unanswered\(part)."
  }

  /// The end of its standard error, and where all of it is.
  private var lastWords: String {
    let lines = log.lastLines(Self.shownLines, waiting: 1)
    let place = logFile.map { " (all of it is in \($0))" } ?? ""
    guard !lines.isEmpty else { return " Its standard error is empty." }
    return "\nIts standard error ends with\(place):\n" + lines.map { "  | \($0)" }.joined(separator: "\n")
  }

  private static func pipes(of process: SupervisedProcess) -> (PipeEnd, PipeEnd, PipeEnd)? {
    guard let input = process.input, let output = process.output, let error = process.error else { return nil }
    return (input, output, error)
  }
}

/// Bytes as a message shows them.
enum ShownText {
  static func of(_ bytes: Data, limit: Int = 200) -> String {
    "'\(plain(String(decoding: bytes.prefix(limit), as: UTF8.self)))\(bytes.count > limit ? "…" : "")'"
  }

  /// The beginning of a text, with what a terminal would obey written out as `\u{1B}`; lines stay lines.
  static func plain(_ text: String, limit: Int = 2000) -> String {
    let scalars = text.unicodeScalars
    let shown = scalars.prefix(limit).reduce(into: "") { shown, scalar in
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n" && scalar != "\t", .format:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown + (scalars.dropFirst(limit).isEmpty ? "" : "…")
  }
}
