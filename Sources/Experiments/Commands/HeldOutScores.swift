import Files
import Foundation
import MusTBench
import Questions
import Randomness
import SeedStatistics

/// How one policy does on the held-out tracks of an experiment.
public struct HeldOutScores: Sendable {
  private let file: ExperimentFile
  private let progress: WorkProgress

  /// Means of each task, measure and decoding with their intervals over pieces.
  public struct Table: Sendable {
    private var rows: [(name: String, interval: ConfidenceInterval)]

    public init(_ answers: [ScoredAnswer], resamples: Int) {
      var byMetric: [String: [String: [Double]]] = [:]
      for answer in answers {
        for (metric, score) in answer.scores {
          let name = "\(answer.question.task)/\(metric)/\(answer.decoding.rawValue)"
          byMetric[name, default: [:]][answer.pieceID, default: []].append(score)
        }
      }
      let bootstrap = Bootstrap(stream: RandomStream(seed: 0xB007), resamples: resamples)
      rows = byMetric.sorted { $0.key < $1.key }.compactMap { name, tracks in
        bootstrap.mean(ofTracks: tracks.sorted { $0.key < $1.key }.map(\.value)).map { (name, $0) }
      }
    }

    public var text: String {
      rows.map { name, interval in
        name.padding(toLength: 28, withPad: " ", startingAt: 0)
          + String(format: "%.3f [%.3f, %.3f]\n", interval.estimate, interval.lower, interval.upper)
      }.joined() + "95 % bootstrap intervals over tracks"
    }

    public var json: String {
      let members = rows.map { name, interval in
        "\"\(name)\": {\"mean\": \(interval.estimate), \"lower\": \(interval.lower), \"upper\": \(interval.upper)}"
      }
      return "{" + members.joined(separator: ", ") + "}"
    }
  }

  public init(file: ExperimentFile, progress: WorkProgress) {
    self.file = file
    self.progress = progress
  }

  /// Every question with the policy's answer and its scores.
  public func answers() async throws -> [ScoredAnswer] {
    guard file.externalPolicy.isEmpty else {
      throw FileError(
        path: file.path,
        message:
          "names a policy in another process (policy.external), which only `takt train` starts: a run's evaluation.jsonl has its "
          + "scores before and after, and `takt evaluate QUESTIONS COMPLETIONS` scores answers that it wrote to a file")
    }
    return try await PolicyRun(run: ExperimentRun(file: file, directory: RunDirectory(path: ""), progress: progress))
      .scoreStart()
  }
}
