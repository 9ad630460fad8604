import Files
import Foundation
public import Options
import Tensors

/// Where a run leaves everything: `resolved.yaml`, `manifest.json`, `log.jsonl`, `metrics.csv`, `rollouts.bin`, `baselines.json`,
/// `checkpoints/`, `evaluation.jsonl` with `evaluation.sum`, `summary.html`.
public struct RunDirectory: Sendable {
  public let path: String

  public var resolvedFile: String { "\(path)/resolved.yaml" }
  public var manifestFile: String { "\(path)/manifest.json" }
  public var logFile: String { "\(path)/log.jsonl" }
  public var metricsFile: String { "\(path)/metrics.csv" }
  public var rolloutsFile: String { "\(path)/rollouts.bin" }
  /// What a run of stage reinforcement fitted its baselines to.
  public var baselinesFile: String { "\(path)/baselines.json" }
  public var checkpointsFolder: String { "\(path)/checkpoints" }
  public var evaluationFile: String { "\(path)/evaluation.jsonl" }
  public var policyFile: String { "\(path)/policy.safetensors" }
  /// What a policy has learnt whose file is no safetensors, such as the last checkpoint of one in another process.
  public var policyStateFile: String { "\(path)/policy.bin" }
  /// What a policy in another process wrote to its standard error.
  public var policyLogFile: String { "\(path)/policy.log" }
  public var summaryFile: String { "\(path)/summary.html" }

  public init(path: String) {
    self.path = path
  }

  /// The names of the files that hold what a finished run has learnt.
  static let resultNames: Set<String> = ["policy.safetensors", "policy.bin"]

  /// Makes the folder, or goes on in it where the same configuration ran there before.
  ///
  /// A folder that holds another
  /// configuration's run is refused and left as it is.
  public func open(resolved: OptionValue, plugins: Plugins) throws {
    if let misplaced { throw misplaced }
    let text = resolved.yaml()
    if let existing = FileManager.default.contents(atPath: resolvedFile) {
      if existing == Data(text.utf8) { return }
      // An older version's file lacks the options that came later; the run had what is now their default.
      guard (try? ExperimentFile(of: self, plugins: plugins).resolved.yaml()) == text else {
        throw FileError(path: path, message: Self.refusal(existing: existing, text: text, manifestFile: manifestFile))
      }
      try AtomicFile.write(Array(text.utf8), to: resolvedFile)
      return
    }
    try StoredFolder.make(path)
    try AtomicFile.write(Array(text.utf8), to: resolvedFile)
  }

  /// Why a folder's run cannot go on: the options that differ, and the version that wrote it where that is another.
  private static func refusal(existing: Data, text: String, manifestFile: String) -> String {
    let remedy = "give --output another folder, or remove it"
    guard let old = try? YAMLFile(text: String(decoding: existing, as: UTF8.self), path: "resolved.yaml"),
      let new = try? YAMLFile(text: text, path: "resolved.yaml")
    else { return "its resolved.yaml cannot be read: it was cut off or changed; \(remedy)" }
    let differences = OptionDifference.between(old.root, new.root)
    let shown = differences.prefix(5).map { "\n  \($0)" }.joined()
    let more = differences.count > 5 ? "\n  and \(differences.count - 5) more" : ""
    let writer = Manifest(reading: manifestFile)?.taktVersion
    let version = writer.map { $0 == Manifest.version ? "" : ", by Takt \($0) (this is \(Manifest.version))" } ?? ""
    return "holds a run of another configuration\(version):\(shown)\(more)\n\(remedy)"
  }

  /// Whether everything that a run leaves at its end is there and whole; only runs with held-out tracks are scored.
  public func isFinished(isScored: Bool) -> Bool {
    hasPolicy && damagedPolicy == nil
      && (!isScored || Self.exists(evaluationFile) && EvaluationFile.damage(evaluationFile) == nil)
  }

  /// What is wrong with the policy of a run that is trained to its end; `nil` where it is whole, or not there yet.
  ///
  /// One that an older version left holds no checksum: it is whole where it can be read.
  package var damagedPolicy: String? {
    if let misplaced { return "\(misplaced)" }
    if Self.exists(policyFile) {
      guard let bytes = try? StoredFile.bytes(of: policyFile) else { return "\(policyFile): cannot be read" }
      guard !bytes.isEmpty else { return "\(policyFile): is empty" }
      do {
        _ = try Safetensors(decoding: bytes)
        return nil
      } catch {
        return "\(policyFile): \(error)"
      }
    }
    guard Self.exists(policyStateFile) else { return nil }
    return FileSum.damage(policyStateFile)
  }

  /// What is wrong with the rollouts of a finished run; `nil` where they are what it wrote.
  var damagedRollouts: String? {
    misplaced.map { "\($0)" } ?? (Self.exists(rolloutsFile) ? FileSum.damage(rolloutsFile) : nil)
  }

  /// What is wrong with the scores of a run that is trained to its end; `nil` where they are whole, or not made yet.
  package var damagedScores: String? { misplaced.map { "\($0)" } ?? (hasPolicy ? EvaluationFile.damage(evaluationFile) : nil) }

  private var hasPolicy: Bool { Self.exists(policyFile) || Self.exists(policyStateFile) }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Resamples of the intervals of its scores, `evaluation.bootstrap`; the default where its configuration does not say.
  package var resamples: Int {
    let value = (try? YAMLFile(path: resolvedFile).root)?["evaluation"]?["bootstrap"]
    guard case .number(let number)? = value?.content, let count = Int(exactly: number), count > 0 else { return 2000 }
    return count
  }

  /// Opens a folder that a run has left; throws where it is none.
  public static func existing(_ path: String) throws -> RunDirectory {
    let directory = RunDirectory(path: path)
    guard FileManager.default.fileExists(atPath: directory.resolvedFile) else {
      throw FileError(path: path, message: "is not a run's folder: it has no resolved.yaml")
    }
    if let misplaced = directory.misplaced { throw misplaced }
    return directory
  }
}
