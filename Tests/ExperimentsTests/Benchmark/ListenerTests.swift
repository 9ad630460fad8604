import Experiments
import Files
import Foundation
import MusTBench
import Questions
import SeedStatistics
import TemporalMetrics
import Testing

@testable import Evaluations
@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import Listening
@testable import Runs

/// With the checkpoints that `experiments/demo.yaml` names.
struct ListenerTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private func demo(_ overrides: String...) throws -> ExperimentFile {
    let checkpoints = "\(Self.root)/experiments/demo/checkpoints"
    let start = ["start.encoder=\(checkpoints)/encoder.safetensors", "start.policy=\(checkpoints)/questions.safetensors"]
    return try ExperimentFile(path: Self.root + "/experiments/demo.yaml", overrides: start + overrides)
  }

  @Test func aQuestionIsAnsweredWithItsDistribution() async throws {
    let listener = try await Listener(try demo())
    let track = try TrackInput("composed-7-0")
    let asking = try await Asking("When does the piano enter?", about: track, by: listener)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(asking.json.utf8)) as? [String: Any])
    #expect(object["asked_as"] as? String == "When does the piano first start to play?")
    let seconds = try #require(object["probability_of_second"] as? [Double])
    #expect(seconds.reduce(0, +) > 0.9 && seconds.reduce(0, +) <= 1.0001)
    let answer = try #require(object["seconds"] as? Double)
    let likeliest = try #require(seconds.indices.max { seconds[$0] < seconds[$1] })
    #expect(answer == Double(likeliest))
    #expect(
      asking.text().contains("asked as: When does the piano first start to play?\nanswer: \(AnswerWriter.clock(answer))\n"))
    let mood = try await Asking("When is the arousal highest?", about: track, by: listener)
    #expect(mood.text().contains("start of the first interval: "))
    #expect(mood.text().contains("its end, given that start: "))
  }

  @Test func whatCannotBeAskedSaysWhatCan() async throws {
    let listener = try await Listener(try demo())
    let track = try TrackInput("composed-7-0")
    for (text, fault) in [
      ("When does the kazoo enter?", "'kazoo' is no instrument that this policy listens for."),
      ("Is it jazzy?", "is not in the policy's vocabulary"),
    ] {
      let error = await #expect(throws: NamedError.self) { _ = try await Asking(text, about: track, by: listener) }
      let message = "\(try #require(error))"
      #expect(message.contains(fault), "\(message)")
      #expect(message.contains("When does the piano first enter?") && message.contains("piano, bass"))
    }
    #expect(throws: (any Error).self) { _ = try TrackInput("nothing.wav") }
    for window in [500.0...600, 0...1e300, 0...1e9, -5...5, 10...10.5] {
      #expect(throws: NamedError.self) { _ = try TrackInput("composed-7-0", window: window) }
    }
    for name in ["composed-7-9223372036854775807", "composed-7--1", "composed-7-1000000001"] {
      #expect(throws: (any Error).self) { _ = try TrackInput(name) }
    }
  }

  @Test func aTrackIsDrawnOnOnePage() async throws {
    let scratch = try Scratch()
    let listener = try await Listener(try demo())
    let inspection = try await TrackInspection(
      try TrackInput("composed-7-0", window: 5...45), by: listener, tasks: ["tsg", "mtr"])
    let path = scratch.folder + "/page.html"
    try inspection.write(to: path)
    let page = try scratch.text(path)
    #expect(page.contains("data:image/bmp;base64,"))
    #expect(page.contains("composed-7-0@5-45"))
    #expect(page.contains("When is(are) the highest arousal duration(s) in this audio?"))
    #expect(inspection.text.hasPrefix("question"))
  }

  @Test func rulesThatLearnNothingAreOrdered() throws {
    let file = try demo("tracks.test=12", "questions.tasks=[tsg, ltr, tad, gto, mtr]", "questions.per-track=[1, 1, 1, 1, 1]")
    let scores = BaselineScores(file: file)
    let oracle = try scores.result(of: .oracle)
    for name in ["tsg/onset/hit@1s", "tsg/offset/hit@3s", "ltr/accuracy", "gto/accuracy"] {
      #expect(oracle[name]?.score.estimate == 1)
    }
    let iou = try #require(oracle["mtr/iou"]?.score.estimate)
    #expect(iou > 0.9 && iou < 1)
    let rules = try scores.result(of: .rules)
    let novelty = try scores.result(of: .novelty)
    for name in ["tsg/onset/hit@3s", "tsg/offset/hit@3s", "ltr/accuracy", "mtr/iou"] {
      let (heard, blind) = (try #require(rules[name]?.score.estimate), try #require(novelty[name]?.score.estimate))
      #expect(heard > blind && heard > 0.5, "\(name): rules \(heard), novelty \(blind)")
    }
  }
}
