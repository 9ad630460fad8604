import ChildProcesses
import Foundation
import Testing

struct LineExchangeTests {
  /// A command with lines to and from it.
  private struct Talk {
    let process: SupervisedProcess
    let lines: LineExchange

    init(_ command: [String]) throws {
      process = try SupervisedProcess(command, input: .pipe, output: .pipe)
      lines = LineExchange(requests: try #require(process.input), answers: try #require(process.output))
    }
  }

  /// The time of this thread alone.
  private func threadTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Processor time for a line of so many megabytes.
  private func seconds(forMegabytes count: Int) throws -> Double {
    let script = "import sys\nfor line in sys.stdin: sys.stdout.write('x' * (int(line) << 20) + '\\n'); sys.stdout.flush()"
    let talk = try Talk(["python3", "-c", script])
    var best = Double.infinity
    for _ in 0..<3 {
      let start = threadTime()
      let line = try talk.lines.exchange([Data("\(count)".utf8)], timeout: 120, longest: 1 << 30)
      best = min(best, threadTime() - start)
      #expect(line.count == count << 20)
    }
    return best
  }

  @Test func readingIsLinearInTheLength() throws {
    let (short, long) = (try seconds(forMegabytes: 8), try seconds(forMegabytes: 32))
    // Four times the work; a search from the start of the line at every piece made it 16 times.
    #expect(long < 8 * short + 0.01, "8 MB \(short) s, 32 MB \(long) s")
    #expect(long < 0.5)
  }

  @Test func linesComeOneByOneAndWhatIsTooLongIsRefused() throws {
    let talk = try Talk(["sh", "-c", "read a; echo one; echo two; read b; yes | tr -d '\\n'"])
    #expect(try talk.lines.exchange([Data("a".utf8)], timeout: 20, longest: 100) == Data("one".utf8))
    #expect(try talk.lines.exchange([Data("b".utf8), Data("c".utf8)], timeout: 20, longest: 100) == Data("two".utf8))
    #expect {
      _ = try talk.lines.exchange([], timeout: 20, longest: 1_000_000)
    } throws: {
      guard case .long(let received, let beginning)? = $0 as? LineExchange.Failure else { return false }
      return received > 1_000_000 && beginning.prefix(3) == Data("yyy".utf8)
    }
    talk.process.end()
    #expect {
      while true { _ = try talk.lines.exchange([Data("c".utf8)], timeout: 20, longest: 1 << 30) }
    } throws: {
      guard case .closed(let received, let beginning)? = $0 as? LineExchange.Failure else { return false }
      return received > 1_000_000 && beginning.prefix(3) == Data("yyy".utf8)
    }
  }

  @Test func theDeadlineIsOverBothDirections() throws {
    let deaf = try Talk(["sleep", "100"])
    #expect {
      _ = try deaf.lines.exchange([Data(count: 8 << 20)], timeout: 0.3, longest: 100)
    } throws: {
      guard case .late(let unsent, 0, _)? = $0 as? LineExchange.Failure else { return false }
      return unsent > 4 << 20
    }
    let slow = try Talk(["sh", "-c", "while :; do printf y; sleep 0.05; done"])
    let start = ContinuousClock.now
    #expect {
      _ = try slow.lines.exchange([], timeout: 1, longest: 1 << 20)
    } throws: {
      guard case .late(0, let received, _)? = $0 as? LineExchange.Failure else { return false }
      return received > 0
    }
    #expect(ContinuousClock.now - start < .seconds(10))
  }
}
