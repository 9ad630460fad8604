import Experiments
import Files
import Foundation
import Policies
import Questions
import Timelines

/// A question that a policy is asked, and what tells it from others of its name.
struct AskedQuestion {
  let prompt: QuestionPrompt
  /// Where the question stands in its file, for messages.
  let origin: String
  /// Sixteen hexadecimal digits of all that is asked, and how.
  let digest: String

  /// - Parameter audio: what the policy hears; `nil` where it finds the sound itself.
  init(_ question: Question, origin: String, audio: QuestionPrompt.Audio?, sampling: SamplingParameters, seed: UInt64) throws {
    self.origin = origin
    prompt = QuestionPrompt(question, audio: audio)
    let content = Content(
      question: question.text, form: prompt.form, options: question.choices, items: question.items,
      track: question.trackID, sound: question.audio?.path, start: audio?.start, end: audio?.end,
      temperature: sampling.temperature, topP: sampling.topP, maximumTokens: sampling.maximumTokens,
      seed: sampling.temperature > 0 ? seed : nil)
    digest = String(SHA256.hexadecimal(Array(try JSONText.line(content).utf8)).prefix(16))
  }

  /// What an answer depends on, but for the policy; paths as the file has them, so that its folder may be moved.
  private struct Content: Encodable {
    let question, form: String
    let options, items: [String]
    let track: String
    let sound: String?
    let start, end: Double?
    let temperature, topP: Float
    let maximumTokens: Int
    let seed: UInt64?
  }
}
