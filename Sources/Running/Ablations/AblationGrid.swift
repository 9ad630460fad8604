import Files
import Foundation

/// A grid of runs as its folder describes it in `grid.json`, for whoever reads its results.
public struct AblationGrid: Sendable, Hashable, Codable {
  public struct Run: Sendable, Hashable, Codable {
    public var seed: Int
    /// The run's folder, relative to the grid's.
    public var folder: String
  }

  public struct Arm: Sendable, Hashable, Codable {
    public var name: String
    /// What it chooses in each list of the grid: axis → choice.
    package var choices: [String: String]
    /// The options in which it is not the baseline, as `path: theirs → this`.
    package var differences: [String]
    /// The arm's complete experiment file, relative to the grid's folder.
    package var experiment: String
    /// One a seed, in the order of the grid's `seeds`.
    public var runs: [Run]
  }

  package static let currentVersion = 1

  package var version: Int
  package var name: String
  package var summary: String
  /// The ablation file that it was made from.
  package var file: String
  /// Held-out metrics, `task/measure/decoding`; arms are compared by the first.
  package var metrics: [String]
  package var baseline: String
  package var seeds: [Int]
  public var arms: [Arm]

  public init(_ file: AblationFile) {
    version = Self.currentVersion
    name = file.name
    summary = file.summary
    self.file = file.path
    metrics = file.metrics
    baseline = file.baseline
    seeds = file.seeds
    let reference = file.arms.first { $0.name == file.baseline }
    arms = file.arms.map { arm in
      Arm(
        name: arm.name, choices: Dictionary(arm.choices.map { ($0.axis, $0.name) }) { "\($0)+\($1)" },
        differences: reference.map { arm.differences(from: $0) } ?? [], experiment: "\(arm.folder)/experiment.yaml",
        runs: file.seeds.map { Run(seed: $0, folder: "\(arm.folder)/seed-\($0)") })
    }
  }

  package static func file(in folder: String) -> String { "\(folder)/grid.json" }

  /// Whether a folder is a grid's.
  package static func exists(in folder: String) -> Bool {
    FileManager.default.fileExists(atPath: file(in: folder))
  }

  /// The grid in a folder; throws where there is none, or where another version of Takt wrote it.
  public init(folder: String) throws {
    let path = Self.file(in: folder)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: folder, message: "is not a grid's folder: it has no grid.json; `takt ablate` makes one")
    }
    do {
      self = try JSONDecoder().decode(AblationGrid.self, from: data)
    } catch {
      throw FileError(path: path, message: "is not what this version of Takt writes: run `takt ablate` on \(folder) again")
    }
    guard version == Self.currentVersion else {
      throw FileError(
        path: path, message: "is of version \(version), and this program reads \(Self.currentVersion): run `takt ablate` again")
    }
  }

  package var json: String {
    get throws { try JSONText.indented(self) }
  }
}
