/// Which program computes a run, down to the last bit of its sums: a run that goes on with another cannot be made again.
package struct BuildIdentity: Sendable, Hashable {
  package var version: String
  /// `git describe` of the repository that holds the program; "unknown" without one.
  package var commit: String
  /// Checksum of the program's file, in hexadecimal; empty in manifests of earlier versions.
  package var program: String
  /// The OpenBLAS kernels that this processor, or OPENBLAS_CORETYPE, chooses.
  package var kernels: String

  /// That of the program that runs.
  package init(running kernels: String) {
    self.init(version: Manifest.version, commit: RunningProgram.commit, program: RunningProgram.digits, kernels: kernels)
  }

  package init(version: String, commit: String, program: String, kernels: String) {
    self.version = version
    self.commit = commit
    self.program = program
    self.kernels = kernels
  }

  package init(_ manifest: Manifest) {
    self.init(
      version: manifest.taktVersion, commit: manifest.commit, program: manifest.program ?? "", kernels: manifest.blas)
  }

  /// The commit where its tree was clean: the same source makes the same numbers wherever it is built.
  private var cleanCommit: String? { commit == "unknown" || commit.isEmpty || commit.hasSuffix("-dirty") ? nil : commit }

  /// What keeps `other` from going on with what this began; empty where nothing does.
  package func differences(from other: BuildIdentity) -> [String] {
    var differences: [String] = []
    if version != other.version {
      differences.append("it was begun by Takt \(version); this is \(other.version)")
    } else if program != other.program, cleanCommit == nil || cleanCommit != other.cleanCommit {
      differences.append("it was begun by another build (\(name)); this is \(other.name)")
    }
    if kernels != other.kernels {
      differences.append("it was begun on the BLAS kernels \(kernels); here they are \(other.kernels)")
    }
    return differences
  }

  private var name: String {
    cleanCommit.map { "commit \($0)" } ?? "\(commit), program \(program.isEmpty ? "unknown" : program)"
  }

  /// What to do about ``differences(from:)``.
  package func remedy(for other: BuildIdentity) -> String {
    let kernels = kernels == other.kernels ? "" : " on a processor with those kernels, or with OPENBLAS_CORETYPE=\(kernels)"
    return
      "another sums in another order, so that the run could not be made again: go on with that build\(kernels), give --output "
      + "another folder, or go on all the same with --another-build, which the log will say"
  }
}

/// The file of the program that runs.
package enum RunningProgram {
  /// Of its bytes, which are read in pieces: it may be larger than the memory that is left.
  package static let checksum: UInt64 =
    FileSum(of: "/proc/self/exe")?.checksum ?? CommandLine.arguments.first.flatMap { FileSum(of: $0)?.checksum } ?? 0

  /// ``checksum`` in hexadecimal.
  static let digits = String(checksum, radix: 16)

  /// `git describe` of the repository that holds it.
  static let commit = Manifest.currentCommit()
}
