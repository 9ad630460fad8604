import Evaluations
package import Experiments
package import ExternalPolicy
package import Files
import Policies
import Questions
import Randomness
import Recordings
import Timelines

/// Asks a policy in another process every question of a file, and keeps its answers as they come.
///
/// Started again with the same file of answers it asks the rest.
package struct PolicyInterview: Sendable {
  /// A program and its arguments; empty where it is only connected to.
  package var command: [String] = []
  package var address: PolicyAddress?
  package var token: String?
  /// Seconds of silence that are put up with.
  package var timeout = 600.0
  /// Whether its standard error is shown.
  package var showsErrors = true
  /// Questions that are asked before their answers are written.
  package var batch = 16
  private(set) var sampling = SamplingParameters.greedy(maximumTokens: 256)
  package var seed: UInt64 = 0
  /// Where recordings lie; empty for the folder of the file of questions.
  package var audioFolder = ""
  /// Whether excerpts are decoded here and handed over as WAV files of one channel at 16 kHz.
  package var asWave = false
  /// Whether questions that the policy refuses are left out.
  package var skipsRefused = false

  package init() {}

  /// How answers are drawn; at temperature 0 the likeliest token each time.
  package mutating func sample(temperature: Double, topP: Double, maximumTokens: Int) {
    sampling = SamplingParameters(temperature: Float(temperature), topP: Float(topP), maximumTokens: maximumTokens)
  }

  package struct Outcome: Sendable {
    /// What the policy calls itself.
    package let policy: String
    /// Answers that were there before.
    package let earlier: Int
    /// Questions that got none, and why.
    package let refused: [String]
    /// Answers that ended at the limit of their length.
    package let cut: Int
  }

  /// Asks what `completions` does not answer yet.
  ///
  /// Throws the first refusal after the answers of its batch are written, but for ``skipsRefused``; and what opening files and the policy
  /// throws.
  ///
  /// - Parameter intake: gets questions that cannot be asked: without a recording, or longer than the policy hears.
  package func run(
    questions file: String, completions: String, intake: inout Intake, progress: WorkProgress,
    remark: (String) -> Void = { _ in }
  ) async throws -> Outcome {
    let questions = try QuestionFile(path: file, intake: &intake)
    let policy = try ExternalPolicy<QuestionPrompt>(
      command: command, address: address, token: token, seed: seed, timeout: timeout, showsErrors: showsErrors)
    defer { policy.end() }
    let asked = try asked(questions, by: policy, intake: &intake)
    var answers = try AnswerFile(
      path: completions, policy: policy.name,
      asked: Dictionary(asked.map { ($0.prompt.id, $0) }) { first, _ in first }, questions: file)
    let earlier = answers.answered.count
    let open = asked.filter { answers.answered[$0.prompt.id] == nil }
    if earlier > 0 { remark("\(completions) has \(earlier) of \(asked.count) answers; \(open.count) questions are asked") }
    let waves = WaveExcerpts(isUsed: asWave)
    defer { waves.remove() }
    var refused: [String] = []
    let title = "asking \(policy.name)"
    progress.report(title, asked.count - open.count, asked.count)
    for start in stride(from: 0, to: open.count, by: batch) {
      let part = Array(open[start..<min(start + batch, open.count)])
      let given = try await answered(part, by: policy, waves)
      try answers.append(given.compactMap { try? $0.get() })
      for case .failure(let error) in given {
        guard skipsRefused, error.code == .badPrompt else { throw error }
        refused.append(error.description)
      }
      progress.report(title, asked.count - open.count + start + part.count, asked.count)
    }
    return Outcome(policy: policy.name, earlier: earlier, refused: refused, cut: answers.cutCount)
  }

  /// The questions with what is heard, where the policy hears anything.
  private func asked(
    _ file: QuestionFile, by policy: ExternalPolicy<QuestionPrompt>, intake: inout Intake
  ) throws -> [AskedQuestion] {
    var shelf = SoundShelf(folder: audioFolder, option: "--audio-folder")
    var asked: [AskedQuestion] = []
    for (question, line) in zip(file.questions, file.lines) {
      do {
        var audio: QuestionPrompt.Audio?
        var question = question
        if policy.worker.audio {
          let excerpt = try shelf.excerpt(of: question, beside: file.path)
          let (start, end) = (excerpt.start ?? 0, excerpt.end ?? 0)
          if let longest = policy.worker.longestAudio, end - start > longest {
            throw JSONLines.Refusal(
              "question '\(question.id)' is about \(end - start) s and '\(policy.name)' hears at most \(longest): give it a stretch by "
                + "\"audio\": {\"path\": …, \"start\": …, \"end\": …}")
          }
          audio = QuestionPrompt.Audio(path: excerpt.path, start: start, end: end)
          if !question.duration.isFinite { question.duration = end - start }
        }
        // JSON has no infinity.
        if !question.duration.isFinite { question.duration = 0 }
        asked.append(
          try AskedQuestion(question, origin: "\(file.path):\(line)", audio: audio, sampling: sampling, seed: seed))
      } catch let refusal as JSONLines.Refusal {
        try intake.refuse(JSONLines.Failure(file: file.path, line: line, message: "\(refusal)"))
      }
    }
    return asked
  }

  /// An answer or a refusal for each question.
  ///
  /// Where a batch is refused its questions are asked one by one, so that one that cannot be answered costs the others nothing.
  private func answered(
    _ part: [AskedQuestion], by policy: ExternalPolicy<QuestionPrompt>, _ waves: WaveExcerpts
  ) async throws -> [Result<AnswerFile.Line, PolicyError>] {
    let requests = try part.enumerated().map { place, question in
      let key = RandomStream(seed: seed).seed(for: [FNV1a(question.prompt.id.utf8).value])
      let prompt = try waves.replaced(question.prompt, place: place)
      return SamplingRequest(prompt: prompt, count: 1, seed: key)
    }
    func lines(_ range: Range<Int>) async throws(PolicyError) -> [AnswerFile.Line] {
      let groups = try await policy.sample(Array(requests[range]), with: sampling)
      return zip(part[range], groups).map { question, group in
        AnswerFile.Line(
          asked: question.digest, by: policy.name, completion: group[0].text, cut: group[0].isTruncated ? true : nil,
          id: question.prompt.id)
      }
    }
    do throws(PolicyError) {
      return try await lines(part.indices).map { .success($0) }
    } catch {
      guard part.count > 1 else { return [.failure(error)] }
      var results: [Result<AnswerFile.Line, PolicyError>] = []
      for place in part.indices {
        do throws(PolicyError) {
          results.append(.success(try await lines(place..<place + 1)[0]))
        } catch {
          results.append(.failure(error))
        }
      }
      return results
    }
  }
}
