package import Experiments
import Files
import Foundation
import MusTBench
import Questions
import Randomness
import SeedStatistics

/// How one policy does on the held-out tracks of an experiment.
package struct HeldOutScores: Sendable {
  private let file: ExperimentFile
  private let progress: WorkProgress

  /// Means of each task, measure and decoding with their intervals over pieces.
  package struct Table: Sendable {
    private var rows: [(name: String, interval: ConfidenceInterval)]

    package init(_ answers: [HeldOutRecord], resamples: Int) {
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

    package var text: String {
      rows.map { name, interval in
        name.padding(toLength: 28, withPad: " ", startingAt: 0)
          + String(format: "%.3f [%.3f, %.3f]\n", interval.estimate, interval.lower, interval.upper)
      }.joined() + "95 % bootstrap intervals over tracks"
    }

    package var json: String {
      let members = rows.map { name, interval in
        "\"\(name)\": {\"mean\": \(interval.estimate), \"lower\": \(interval.lower), \"upper\": \(interval.upper)}"
      }
      return "{" + members.joined(separator: ", ") + "}"
    }
  }

  package init(file: ExperimentFile, progress: WorkProgress) {
    self.file = file
    self.progress = progress
  }

  /// Every question with the policy's answer and its scores.
  ///
  /// Throws for a stage that trains no policy.
  package func answers() async throws -> [HeldOutRecord] {
    guard let stage = file.stage as? any PolicyStageKind else {
      throw NamedError("\(file.path): stage \(file.stageName) trains no policy that could answer: name a file of another stage")
    }
    try ProcessSettings.reserveWorkspace()
    let resources = RunResources(seed: file.seed, tracks: file.tracks, progress: progress)
    func open<Kind: PolicyKind>(_ kind: Kind) async throws -> [HeldOutRecord] {
      let loaded = try await kind.open(resources)
      defer { loaded.close() }
      return try await PolicyRun(loaded, stage.answering, resources).scores(phase: .end)
    }
    return try await open(stage.answering.trained.policy)
  }
}
