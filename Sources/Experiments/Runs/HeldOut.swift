public import AudioLanguageModel
import MusTBench
public import Policies
import Questions
import Randomness
public import Training

/// Held-out questions, and how a policy does on them.
public struct HeldOut: Sendable {
  public let exercises: [Exercise<AudioPrompt>]
  public let samples: Int
  public let topP: Float
  public let maximumTokens: Int
  public let seed: UInt64

  public enum Decoding: String, Sendable, CaseIterable, Codable {
    case greedy, sampled
  }

  /// Answers of one decoding; sampled ones are `samples` for each question, question by question in each round.
  public func answers<P: Policy<AudioPrompt>>(of policy: P, decoding: Decoding) async throws -> [EvaluatedAnswer] {
    switch decoding {
    case .greedy:
      try await Evaluation(parameters: .greedy(maximumTokens: maximumTokens), seed: seed).answers(of: policy, to: exercises)
    case .sampled:
      try await sampledAnswers(of: policy)
    }
  }

  private func sampledAnswers<P: Policy<AudioPrompt>>(of policy: P) async throws -> [EvaluatedAnswer] {
    let parameters = SamplingParameters(temperature: 1, topP: topP, maximumTokens: maximumTokens)
    var all: [EvaluatedAnswer] = []
    for round in 0..<samples {
      let key = RandomStream(seed: seed).seed(for: [UInt64(round)])
      all += try await Evaluation(parameters: parameters, seed: key).answers(of: policy, to: exercises)
    }
    return all
  }

  /// Every question of these tasks about every track, the same in each run.
  public static func exercises(
    about tracks: [EncodedTrack], tasks: [String], policy: EmbeddedPolicy
  ) throws -> [Exercise<AudioPrompt>] {
    try zip(tracks, TrainingQuestions.about(tracks.map(\.timeline), tasks: tasks)).flatMap { track, questions in
      try questions.map { Exercise(question: $0, prompt: try policy.prompt(track.audio, question: $0.text)) }
    }
  }

  /// Mean scores by metric name, such as `evaluation/tsg/hit@3s/greedy`.
  public func metrics<P: Policy<AudioPrompt>>(
    of policy: P, decodings: [Decoding] = Decoding.allCases, prefix: String = "evaluation"
  ) async throws -> [String: Double] {
    var metrics: [String: Double] = [:]
    for decoding in decodings {
      let answers = try await answers(of: policy, decoding: decoding)
      var sums: [String: (sum: Double, count: Double)] = [:]
      for answer in answers {
        for (metric, score) in answer.scores {
          sums["\(prefix)/\(answer.question.task)/\(metric)/\(decoding.rawValue)", default: (0, 0)].sum += score
          sums["\(prefix)/\(answer.question.task)/\(metric)/\(decoding.rawValue)", default: (0, 0)].count += 1
        }
      }
      metrics.merge(sums.mapValues { $0.sum / $0.count }) { _, new in new }
    }
    return metrics
  }
}
