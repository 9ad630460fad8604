import Foundation
import Tensors

/// What the environment says of how a process works, and what of it makes no sense.
public enum ProcessSettings {
  /// A sentence for each variable whose value is not taken as it is written.
  public static func warnings(_ environment: [String: String]? = nil) -> [String] {
    let environment = environment ?? ProcessInfo.processInfo.environment
    func warning(_ name: String, _ range: ClosedRange<Int>, instead: (Int?) -> String) -> String? {
      guard let text = environment[name] else { return nil }
      let value = Int(text)
      guard value.map(range.contains) != true else { return nil }
      return "\(name) is '\(text)', not a whole number from \(range.lowerBound) to \(range.upperBound): \(instead(value))"
    }
    return [
      warning("TAKT_THREADS", 1...256) { ($0 ?? 0) > 256 ? "256 threads are used" : "one thread a processor is used" },
      warning("TAKT_CACHE_MB", 0...TrackCache.largestLimit) {
        $0.map { $0 < 0 ? "nothing is kept" : "\(TrackCache.largestLimit) is taken" } ?? "2000 is taken"
      },
    ].compactMap { $0 }
  }

  /// Takes what the matrix kernels need of memory, once; throws where the system has too little, since they would try for ever.
  static func reserveWorkspace() throws {
    guard !Kernels.reserveWorkspace(threads: availableThreads) else { return }
    var limit = rlimit()
    let isLimited = getrlimit(__rlimit_resource_t(9), &limit) == 0 && limit.rlim_cur < UInt(Int.max)  // RLIMIT_AS
    throw NamedError(
      "the matrix kernels need \(Kernels.workspaceBytes(threads: availableThreads) >> 20) MiB of address space for "
        + "\(availableThreads) threads, and the system gives no more"
        + (isLimited ? " (this process may have \(limit.rlim_cur >> 20) MiB: `ulimit -v`)" : "")
        + ": allow more, or set TAKT_THREADS to fewer")
  }
}
