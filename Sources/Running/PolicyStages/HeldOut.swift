import MusTBench
import Options
public import Policies
package import Questions
import Randomness
public import RunFolders
public import Training
import Work

/// Held-out questions, and how a policy does on them.
public struct HeldOut<Prompt: Sendable>: Sendable {
  package let questions: [Question]
  /// The prompt of the question at a place, made when it is asked: it may hold sound.
  private let prompt: @Sendable (Int) throws -> Prompt
  package let samples: Int
  package let topP: Float
  package let maximumTokens: Int
  package let seed: UInt64
  /// What says how an answer scores.
  let tasks: TaskCatalog

  /// The questions of an experiment's evaluation.
  init(
    _ questions: [Question], _ answering: AnsweringOptions, seed: UInt64, prompt: @escaping @Sendable (Int) throws -> Prompt
  ) {
    self.questions = questions
    self.prompt = prompt
    tasks = answering.catalog
    samples = answering.samples
    topP = Float(answering.topP)
    maximumTokens = answering.maximumTokens
    self.seed = seed
  }

  /// Answers of one decoding; sampled ones are `samples` for each question, question by question in each round.
  public func answers<P: Policy<Prompt>>(of policy: P, decoding: Decoding) async throws -> [HeldOutAnswer] {
    switch decoding {
    case .greedy:
      try await answers(of: policy, with: .greedy(maximumTokens: maximumTokens), seed: seed)
    case .sampled:
      try await sampledAnswers(of: policy)
    }
  }

  private func answers<P: Policy<Prompt>>(
    of policy: P, with parameters: SamplingParameters, seed: UInt64
  ) async throws -> [HeldOutAnswer] {
    try await Evaluation(parameters: parameters, seed: seed).answers(of: policy, count: questions.count) {
      Exercise(question: questions[$0], prompt: try prompt($0))
    }
  }

  private func sampledAnswers<P: Policy<Prompt>>(of policy: P) async throws -> [HeldOutAnswer] {
    let parameters = SamplingParameters(temperature: 1, topP: topP, maximumTokens: maximumTokens)
    var all: [HeldOutAnswer] = []
    for round in 0..<samples {
      let key = RandomStream(seed: seed).seed(for: [UInt64(round)])
      all += try await answers(of: policy, with: parameters, seed: key)
    }
    return all
  }

  /// Answers of all decodings, as `evaluation.jsonl` holds them.
  func scored<P: Policy<Prompt>>(
    _ policy: P, phase: HeldOutRecord.Phase, progress: WorkProgress
  ) async throws -> [HeldOutRecord] {
    let title = "scoring the \(phase.rawValue)"
    var scored: [HeldOutRecord] = []
    for (index, decoding) in Decoding.allCases.enumerated() {
      progress.report(title, index, Decoding.allCases.count)
      scored += try await answers(of: policy, decoding: decoding).map {
        HeldOutRecord(phase: phase, decoding: decoding, answer: $0, tasks: tasks)
      }
    }
    progress.report(title, 1, 1)
    return scored
  }

  /// Mean scores by metric name, such as `evaluation/tsg/hit@3s/greedy`.
  public func metrics<P: Policy<Prompt>>(
    of policy: P, decodings: [Decoding] = Decoding.allCases, prefix: String = "evaluation"
  ) async throws -> [String: Double] {
    var sums: [String: (sum: Double, count: Double)] = [:]
    for decoding in decodings {
      for answer in try await answers(of: policy, decoding: decoding) {
        for (metric, score) in answer.scores(by: tasks) {
          let name = "\(prefix)/\(answer.question.task)/\(metric)/\(decoding.rawValue)"
          sums[name, default: (0, 0)].sum += score
          sums[name, default: (0, 0)].count += 1
        }
      }
    }
    return sums.mapValues { $0.sum / $0.count }
  }
}
