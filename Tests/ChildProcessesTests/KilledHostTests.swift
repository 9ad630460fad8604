import ChildProcesses
import Foundation
import Testing

/// What is left of a process's children when it is killed.
struct KilledHostTests {
  private static let host = "TAKT_TEST_HOST"

  /// Does nothing in a run of all tests; in a process that the next test starts, it starts commands and waits to be killed.
  @Test func hostThatIsKilled() throws {
    guard let mark = ProcessInfo.processInfo.environment[Self.host] else { return }
    let line = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)"
    let family = "setsid sleep 1000 & setsid python3 -c '\(line)' & read never"
    let process = try SupervisedProcess(["env", mark, "sh", "-c", family], input: .pipe, grace: 0.5)
    _ = process.ending(within: 1000)
  }

  @Test func nothingIsLeftOfItsCommands() throws {
    let mark = "TAKT_TEST_MARK=\(UUID().uuidString)"
    // Not a `SupervisedProcess`, which would see to the end of everything itself.
    let host = Process()
    host.executableURL = URL(fileURLWithPath: "/proc/self/exe")
    host.arguments = ["--testing-library", "swift-testing", "--filter", "hostThatIsKilled"]
    host.environment = ProcessInfo.processInfo.environment.merging([Self.host: mark]) { $1 }
    host.standardOutput = FileHandle.nullDevice
    host.standardError = FileHandle.nullDevice
    try host.run()
    // Both halves of the supervisor, the shell, `sleep` and Python.
    try wait(for: "start of five processes") { Self.processes(mark).count == 5 }
    kill(host.processIdentifier, SIGKILL)
    host.waitUntilExit()
    try wait(for: "end of them") { Self.processes(mark).isEmpty }
  }

  /// Either half of the supervisor is killed or stopped.
  @Test(arguments: ["takt-supervisor", "process-guard"], [SIGKILL, SIGSTOP])
  func nothingIsLeftWhateverIsDoneToASupervisor(half: String, signal: Int32) throws {
    let mark = "TAKT_TEST_MARK=\(UUID().uuidString)"
    let line = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)"
    let process = try SupervisedProcess(
      ["env", mark, "sh", "-c", "setsid sleep 1000 & setsid python3 -c '\(line)' & read never"], input: .pipe, grace: 0.5)
    try wait(for: "start of five processes") { Self.processes(mark).count == 5 }
    let found = Self.processes(mark).filter { Self.name($0) == half }
    try #require(found.count == 1, "\(Self.processes(mark).map(Self.name))")
    kill(try #require(pid_t(found[0])), signal)
    if signal == SIGKILL { try wait(for: "end of all") { Self.processes(mark).isEmpty } }
    process.end()
    try wait(for: "end of all") { Self.processes(mark).isEmpty }
    #expect(process.ending != nil)
  }

  private static func name(_ process: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "/proc/\(process)/comm") ?? Data(), as: UTF8.self)
      .trimmingCharacters(in: .newlines)
  }

  private func wait(for what: String, until isReached: () -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while !isReached() {
      try #require(ContinuousClock.now < deadline, "no \(what) within a minute")
      usleep(20_000)
    }
  }

  /// Processes with the mark in their environment or arguments; the host has it under another name.
  private static func processes(_ mark: String) -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.filter { entry in
      guard Int(entry) != nil else { return false }
      return ["cmdline", "environ"].contains { file in
        let words = (FileManager.default.contents(atPath: "/proc/\(entry)/\(file)") ?? Data()).split(separator: 0)
        return words.contains { $0.elementsEqual(mark.utf8) }
      }
    }
  }
}
