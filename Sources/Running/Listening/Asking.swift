import Evaluations
package import Experiments
import Files
import Foundation
import MusTBench
import Policies
import Questions
import RunReports
import Timelines

/// One question about one track, answered and drawn, for `takt policy ask`.
package struct Asking: Sendable {
  private let asked: String
  private let answer: Listener.Answer

  package init(_ text: String, about track: TrackInput, by listener: Listener) async throws {
    let question = try listener.question(text, about: track)
    self.init(asked: text, answer: try await listener.answer(question, about: try listener.listen(to: track)))
  }

  /// Of the policy that a file names, of whatever kind; the embedded one also shows how its answer is spread over time.
  package init(_ text: String, about track: TrackInput, of file: ExperimentFile) async throws {
    if file.stage.policy is EmbeddedPolicyKind {
      try await self.init(text, about: track, by: try await Listener(file))
      return
    }
    guard let stage = file.stage as? any PolicyStageKind else {
      throw NamedError("\(file.path): stage \(file.stageName) trains no policy that could answer: name a file of another stage")
    }
    let event = AskedEvent(parsing: text, sources: AnnotatedTracks.knownInstruments)
    let question = Listener.question(text, event, about: track)
    func ask<Kind: PolicyKind>(_ kind: Kind) async throws -> String {
      let loaded = try await kind.open(RunResources(seed: file.seed, tracks: file.tracks))
      defer { loaded.close() }
      let heard = try loaded.track(
        of: TrackSound(id: track.trackID, duration: track.duration, spectrogram: track.spectrogram))
      let request = SamplingRequest(prompt: try loaded.prompt(for: question, about: heard), count: 1, seed: 0)
      return try await loaded.policy.sample([request], with: .greedy(maximumTokens: stage.answering.maximumTokens))[0][0].text
    }
    let said = try await ask(stage.answering.trained.policy)
    self.init(
      asked: text,
      answer: Listener.Answer(
        question: question, text: said, reading: AnswerReader(AnswerForm(question)).read(said), seconds: [], ends: []))
  }

  private init(asked: String, answer: Listener.Answer) {
    (self.asked, self.answer) = (asked, answer)
  }

  /// The answer and the distribution over time.
  package func text(columns: Int = 100) -> String {
    var text = answer.question.text == asked ? "\(asked)\n" : "\(asked)\nasked as: \(answer.question.text)\n"
    text += "answer: \(answer.text)\n"
    if case .unreadable(let fault) = answer.reading.outcome { text += "which cannot be read: \(fault.rawValue)\n" }
    let names =
      answer.ends.isEmpty ? ["probability of each second"] : ["start of the first interval", "its end, given that start"]
    for (name, distribution) in zip(names, [answer.seconds, answer.ends]) where !distribution.isEmpty {
      text += "\n\(name): \(Self.likeliest(distribution))\n" + SecondsChart(distribution, columns: columns).text
    }
    return text
  }

  package var json: String {
    get throws {
      var object: [String: Any] = [
        "question": asked, "asked_as": answer.question.text, "answer": answer.text, "kind": answer.question.kind.rawValue,
        "track": answer.question.trackID, "duration": answer.question.duration,
      ]
      if !answer.seconds.isEmpty { object["probability_of_second"] = answer.seconds }
      if !answer.ends.isEmpty { object["probability_of_end"] = answer.ends }
      switch answer.reading.answer {
      case .instant(let seconds): object["seconds"] = seconds
      case .intervals(let intervals): object["intervals"] = intervals.map { [$0.start, $0.end] }
      case .choice, .order, .text, nil: break
      }
      return try JSONText.line(object: object)
    }
  }

  /// The three likeliest seconds with their probabilities.
  private static func likeliest(_ distribution: [Double]) -> String {
    let order = distribution.indices.sorted { (distribution[$1], $0) < (distribution[$0], $1) }
    return order.prefix(3).filter { distribution[$0] >= 0.005 }.map { second in
      "\(AnswerWriter.clock(Double(second))) \(String(format: "%.2f", distribution[second]))"
    }.joined(separator: ", ")
  }
}
