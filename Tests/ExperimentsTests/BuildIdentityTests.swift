import Experiments
import Foundation
import RunLogs
import Testing

@testable import RunFolders
@testable import Runs

@Suite("which build and which BLAS kernels a run goes on with")
struct BuildIdentityTests {
  let begun = BuildIdentity(version: "0.1.0", commit: "abc1234", program: "1f", kernels: "Haswell")

  func differences(_ change: (inout BuildIdentity) -> Void) -> [String] {
    var other = begun
    change(&other)
    return begun.differences(from: other)
  }

  @Test("the same program goes on, and so does another of the same clean commit")
  func same() {
    #expect(differences { _ in }.isEmpty)
    #expect(differences { $0.commit = "abc1234-dirty" }.isEmpty, "the same file of the program")
    #expect(differences { $0.program = "2f" }.isEmpty)
  }

  @Test("another commit, a tree that is not clean, another version or other kernels are named")
  func others() {
    #expect(
      differences { ($0.commit, $0.program) = ("def5678", "2f") }
        == ["it was begun by another build (commit abc1234); this is commit def5678"])
    #expect(
      differences { ($0.commit, $0.program) = ("abc1234-dirty", "2f") }
        == ["it was begun by another build (commit abc1234); this is abc1234-dirty, program 2f"])
    var unknown = begun
    unknown.commit = "unknown"
    var other = unknown
    other.program = "2f"
    #expect(!unknown.differences(from: other).isEmpty)
    #expect(differences { ($0.version, $0.program) = ("9.0.0", "2f") } == ["it was begun by Takt 0.1.0; this is 9.0.0"])
    var elsewhere = begun
    elsewhere.kernels = "SkylakeX"
    #expect(begun.differences(from: elsewhere) == ["it was begun on the BLAS kernels Haswell; here they are SkylakeX"])
    #expect(begun.remedy(for: elsewhere).contains("OPENBLAS_CORETYPE=Haswell"))
    #expect(!begun.remedy(for: begun).contains("OPENBLAS_CORETYPE"))
  }

  @Test("a manifest holds the build, and one of an earlier version lacks the program")
  func manifests() throws {
    let manifest = Manifest(seed: 1, blas: BuildIdentity.current.kernels, inputs: [])
    #expect(BuildIdentity(manifest) == .current)
    #expect(BuildIdentity(manifest).differences(from: .current).isEmpty)
    var earlier = manifest
    earlier.program = nil
    earlier.commit = "unknown"
    #expect(!BuildIdentity(earlier).differences(from: .current).isEmpty)
  }

  @Test("a run that other kernels began does not go on, or does where its caller says so and is told")
  func runs() async throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("arm", seed: 1, steps: 20, hits: 7, isFinished: false)
    try Manifest(seed: 1, blas: "Abacus", inputs: []).write(to: RunDirectory(path: path).manifestFile)
    await #expect {
      try await runs.goOn(path, steps: 20)
    } throws: { error in
      ["it was begun on the BLAS kernels Abacus; here they are", "--another-build", "--output", "OPENBLAS_CORETYPE=Abacus"]
        .allSatisfy { "\(error)".contains($0) }
    }
  }
}
