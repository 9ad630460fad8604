import Foundation
import Numbers
import Policies
import Synchronization

/// A process that answers every line on its standard input with a line on its standard output.
///
/// One exchange at a time. Once the process has ended, been too slow or said what is no answer, every later exchange throws the
/// same error: what it holds is then unknown, and a run goes on from its checkpoint with a new one. Its standard error is ours.
final class ChildProcess: Sendable {
  private struct Link {
    let process: Process
    let requests: FileHandle
    let answers: FileHandle
    /// What was read after the last line.
    var rest = Data()
    var failure: PolicyError?
  }

  private let link: Mutex<Link>
  private let name: String
  /// Seconds that an answer may take.
  private let timeout: Double

  /// Starts `command`, whose first part is looked for on the `PATH`.
  init(command: [String], timeout: Double) throws(PolicyError) {
    name = command.joined(separator: " ")
    self.timeout = timeout
    // A write to a process that has ended is an error to be reported, not the end of this one.
    signal(SIGPIPE, SIG_IGN)
    let process = Process()
    let (requests, answers) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = requests
    process.standardOutput = answers
    do {
      try process.run()
    } catch {
      throw PolicyError(.backendFailure, "the policy '\(name)' cannot be started: \(error.localizedDescription)")
    }
    link = Mutex(Link(process: process, requests: requests.fileHandleForWriting, answers: answers.fileHandleForReading))
  }

  deinit {
    link.withLock { link in
      try? link.requests.close()
      // A process that heeds the end of its input ends by itself; one that does not is told to.
      let deadline = ContinuousClock.now + .seconds(2)
      while link.process.isRunning, ContinuousClock.now < deadline { usleep(10_000) }
      if link.process.isRunning { link.process.terminate() }
    }
  }

  /// Sends a line and returns the line that answers it, both without their ends.
  func exchange(_ line: Data) throws(PolicyError) -> Data {
    let result = link.withLock { link -> Result<Data, PolicyError> in
      if let failure = link.failure { return .failure(failure) }
      do throws(PolicyError) {
        do {
          try link.requests.write(contentsOf: line + [0x0A])
        } catch {
          throw ended(link)
        }
        return .success(try answer(&link))
      } catch {
        link.failure = error
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Lets no further exchange happen, since the process says what is no answer.
  func fail(_ error: PolicyError) {
    link.withLock { $0.failure = error }
  }

  private func answer(_ link: inout Link) throws(PolicyError) -> Data {
    let deadline = ContinuousClock.now + .seconds(timeout)
    while true {
      if let end = link.rest.firstIndex(of: 0x0A) {
        let line = link.rest[link.rest.startIndex..<end]
        link.rest = Data(link.rest[(end + 1)...])
        return Data(line)
      }
      let left = max(0, (deadline - ContinuousClock.now) / .milliseconds(1))
      var poll = pollfd(fd: link.answers.fileDescriptor, events: Int16(POLLIN), revents: 0)
      let ready = Foundation.poll(&poll, 1, Int32(saturating: min(left.rounded(.up), 1e9)))
      if ready == 0 {
        throw PolicyError(
          .backendFailure,
          "the policy '\(name)' gave no answer for \(timeout) s: raise policy.timeout, or see on its standard error what holds it up"
        )
      }
      if ready < 0 { continue }
      let part = link.answers.availableData
      if part.isEmpty { throw ended(link) }
      link.rest += part
    }
  }

  private func ended(_ link: Link) -> PolicyError {
    let deadline = ContinuousClock.now + .seconds(1)
    while link.process.isRunning, ContinuousClock.now < deadline { usleep(5_000) }
    let how =
      link.process.isRunning
      ? "closed its standard output"
      : link.process.terminationReason == .uncaughtSignal
        ? "was ended by signal \(link.process.terminationStatus)" : "ended with exit code \(link.process.terminationStatus)"
    return PolicyError(
      .backendFailure,
      "the policy '\(name)' \(how): what it wrote to standard error says why; the run goes on from its last checkpoint when started again"
    )
  }
}
