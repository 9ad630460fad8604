import ChildProcesses
import Foundation
import Testing

struct SupervisedProcessTests {
  private func run(_ script: String, timeout: Double = 20) throws -> FinishedCommand {
    try FinishedCommand.run(["sh", "-c", script], timeout: timeout)
  }

  @Test func whatACommandWritesAndHowItEndsComesBack() throws {
    let done = try run("echo out; echo err >&2; exit 3")
    #expect(String(decoding: done.output, as: UTF8.self) == "out\n")
    #expect(String(decoding: done.error, as: UTF8.self) == "err\n")
    #expect(done.ending == .exited(code: 3) && !done.isSuccess && done.excess == nil)
    #expect(try run("kill -9 $$").ending == .killed(signal: 9))
    #expect(try run("true").isSuccess)
  }

  @Test func aCommandThatIsNotThereIsNamed() {
    #expect {
      _ = try SupervisedProcess(["no-such-program", "x"])
    } throws: {
      "\($0)" == "'no-such-program x' cannot be started: there is no 'no-such-program' on the PATH"
    }
  }

  @Test func signalsAreAtTheirDefaultAndNoDescriptorIsPassedOn() throws {
    // As Takt has them: ignored for good, and blocked in the thread that starts.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGUSR2, SIG_IGN)
    defer { signal(SIGUSR2, SIG_DFL) }
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTERM)
    sigaddset(&blocked, SIGINT)
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    defer { pthread_sigmask(SIG_UNBLOCK, &blocked, nil) }
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    let signals = try FinishedCommand.run(["grep", "-E", "SigBlk|SigIgn", "/proc/self/status"], timeout: 20)
    #expect(
      String(decoding: signals.output, as: UTF8.self) == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
    // The fourth is the one that `ls` reads the folder with.
    #expect(String(decoding: try run("exec ls /proc/self/fd").output, as: UTF8.self) == "0\n1\n2\n3\n")
  }

  @Test func theCommandHasAProcessGroupOfItsOwn() throws {
    let process = try SupervisedProcess(["sleep", "100"])
    #expect(getpgid(process.processID) == process.processID)
    process.end()
    #expect(process.ending == .killed(signal: SIGTERM))
  }

  @Test func timeAndOutputAreBounded() throws {
    let start = ContinuousClock.now
    let slow = try FinishedCommand.run(["sh", "-c", "trap '' TERM; while :; do sleep 1; done"], timeout: 0.3, grace: 0.3)
    #expect(slow.excess == .time(seconds: 0.3) && slow.ending == .killed(signal: SIGKILL))
    let flood = try FinishedCommand.run(["yes"], timeout: 20, limit: 100_000)
    #expect(flood.excess == .output(bytes: 100_000))
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test(arguments: [
    (["/tmp"], "'/tmp' is a folder: name a program"),
    (["./tmp"], "'./tmp' is a folder: name a program"),
    (["/etc/passwd"], "'/etc/passwd' may not be run: see its permissions"),
    (["true\0x"], "'true\\0x' holds a character NUL, at which every program would cut it"),
  ])
  func whatIsNoProgramIsSaid(command: [String], expected: String) {
    #expect {
      _ = try SupervisedProcess(command, folder: "/")
    } throws: {
      ($0 as? ProcessError)?.reason == expected
    }
  }

  @Test func aLogThatNobodyReadsIsRefused() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try #require(mkfifo(path, 0o600) == 0)
    #expect(throws: POSIXError.self) { _ = try StreamLog(path: path, echoes: false) }
  }
}
