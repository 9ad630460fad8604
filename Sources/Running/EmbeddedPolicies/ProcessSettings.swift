import Files
import Foundation
import RunFolders
import Tensors
import Work

/// What the environment says of how a process works, and what of it makes no sense.
package enum ProcessSettings {
  /// A sentence for each variable whose value is not taken as it is written.
  package static func warnings(_ environment: [String: String]? = nil) -> [String] {
    let environment = environment ?? ProcessInfo.processInfo.environment
    func warning(_ name: String, _ range: ClosedRange<Int>, instead: (Int?) -> String) -> String? {
      guard let text = environment[name] else { return nil }
      let value = Int(text)
      guard value.map(range.contains) != true else { return nil }
      return "\(name) is '\(text)', not a whole number from \(range.lowerBound) to \(range.upperBound): \(instead(value))"
    }
    return [
      warning("TAKT_THREADS", 1...256) { ($0 ?? 0) > 256 ? "256 threads are used" : "one thread a processor is used" },
      warning("TAKT_CACHE_MB", 0...CachedFiles.largestLimit) {
        $0.map { $0 < 0 ? "nothing is kept" : "\(CachedFiles.largestLimit) is taken" } ?? "2000 is taken"
      },
    ].compactMap { $0 }
  }

  /// Files that a run opens at once, beside those that stand open at its start.
  private static let filesOfRun = 10

  /// Whether so many files more can be opened.
  static func areDescriptorsLeft(_ count: Int) -> Bool {
    let descriptors = (0..<count).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
    for descriptor in descriptors where descriptor >= 0 { close(descriptor) }
    return !descriptors.contains { $0 < 0 }
  }

  /// The OpenBLAS kernels that this processor, or `OPENBLAS_CORETYPE`, chooses.
  package static var kernels: String { Kernels.blasCore }

  /// Readies a process that trains: freed memory stays with it, and the matrix kernels have theirs; see ``reserveWorkspace()``.
  package static func prepareForTraining() throws {
    keepFreedMemory()
    try reserveWorkspace()
  }

  /// Takes what the matrix kernels need of memory, once; throws where the system has too little, since they would try for ever, or where so
  /// few files may be opened that the runtime's own threads would end the process.
  package static func reserveWorkspace() throws {
    guard areDescriptorsLeft(filesOfRun) else {
      throw NamedError(
        "a run opens \(filesOfRun) more files at once, and the system allows fewer: raise `ulimit -n`, to 64 at least")
    }
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
