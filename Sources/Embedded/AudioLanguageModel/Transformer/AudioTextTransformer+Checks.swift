import Policies
import Tensors

extension AudioTextTransformer {
  /// Throws where the model cannot take a prompt.
  func check(_ prompt: AudioPrompt) throws(PolicyError) {
    let (audio, question) = (prompt.audio, prompt.question)
    let (frames, heads) = (audio.frames.shape, audio.heads.shape)
    guard frames.count == 2, frames[1] == encoder.width, heads == [frames[0], encoder.heads.count] else {
      throw PolicyError(
        .badPrompt,
        "track '\(audio.trackID)' has frames of shape \(frames) and heads of shape \(heads), not [n, \(encoder.width)] and "
          + "[n, \(encoder.heads.count)]: encode it with the encoder that the policy was made for")
    }
    let seconds = prompt.firstSecond + (placement(of: audio).seconds.last ?? 0) + 1
    guard prompt.firstSecond >= 0, seconds <= configuration.maximumSeconds else {
      throw PolicyError(
        .badPrompt,
        "track '\(audio.trackID)' reaches over \(seconds) seconds, but the policy has \(configuration.maximumSeconds): "
          + "raise maximum-seconds or cut the track")
    }
    guard !question.isEmpty, question.allSatisfy(isToken) else {
      throw PolicyError(.badPrompt, "the question \(question) about '\(audio.trackID)' is empty or holds unknown tokens")
    }
  }

  /// Throws where the model cannot evaluate a completion.
  func check(_ completion: [Token], under prompt: AudioPrompt) throws(PolicyError) {
    guard completion.allSatisfy(isToken) else {
      throw PolicyError(
        .badCompletion, "the completion \(completion) holds tokens outside the vocabulary of \(vocabulary.count)")
    }
    try checkLength(ofQuestion: prompt.question, completionTokens: completion.count, orThrow: .badCompletion)
  }

  /// Throws where a question and so many tokens after it exceed the model's positions.
  func checkLength(
    ofQuestion question: [Token], completionTokens: Int, orThrow code: PolicyError.Code
  ) throws(PolicyError) {
    // The last completion token needs no position: nothing is predicted from it.
    let needed = question.count + max(0, completionTokens - 1)
    guard needed <= configuration.maximumTextTokens else {
      throw PolicyError(
        code,
        "a question of \(question.count) tokens with \(completionTokens) after it needs \(needed) positions, but the policy has "
          + "\(configuration.maximumTextTokens): ask for fewer tokens or raise maximum-text-tokens")
    }
  }

  private func isToken(_ token: Token) -> Bool { token >= 0 && token < Token(vocabulary.count) }
}
