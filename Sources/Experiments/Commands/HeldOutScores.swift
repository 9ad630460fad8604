import Foundation
import MusTBench
import Questions
import Randomness
import SeedStatistics

/// How one policy does on the held-out tracks of an experiment.
public struct HeldOutScores: Sendable {
  private let file: ExperimentFile
  private let progress: WorkProgress

  public struct Table: Sendable {
    fileprivate var rows: [(name: String, interval: ConfidenceInterval)]

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

  public func table() async throws -> Table {
    let run = PolicyRun(run: ExperimentRun(file: file, directory: RunDirectory(path: ""), progress: progress))
    let scored = try await run.scoreStart()
    var byMetric: [String: [String: [Double]]] = [:]
    for answer in scored {
      for (metric, score) in answer.scores {
        let name = "\(answer.question.task)/\(metric)/\(answer.decoding.rawValue)"
        byMetric[name, default: [:]][answer.pieceID, default: []].append(score)
      }
    }
    let bootstrap = Bootstrap(stream: RandomStream(seed: 0xB007))
    return Table(
      rows: byMetric.sorted { $0.key < $1.key }.compactMap { name, tracks in
        bootstrap.mean(ofTracks: tracks.sorted { $0.key < $1.key }.map(\.value)).map { (name, $0) }
      })
  }
}
