import Foundation
import Policies
import Rollouts
import Testing

@testable import CommandTexts
@testable import Comparisons

struct ListingTests {
  private func record(_ text: String, reward: Double, sample: Int, step: Int = 3, question: String = "t/tsg/onset/piano")
    -> RolloutRecord
  {
    RolloutRecord(
      step: step, questionID: question, prompt: "When?", sampleIndex: sample,
      completion: Completion(tokens: [1, 2], logProbabilities: [-0.5, -0.25], text: text, isTruncated: false), reward: reward,
      components: [], outcome: "answered")
  }

  private func run(_ scratch: Scratch, _ records: [RolloutRecord]) async throws -> String {
    let folder = scratch.folder + "/run"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("name: x\n".utf8).write(to: URL(fileURLWithPath: folder + "/resolved.yaml"))
    let store = try RolloutStore(path: folder + "/rollouts.bin")
    try await store.append(records)
    return folder
  }

  @Test func noCompletionIsListedTwice() async throws {
    let scratch = try Scratch()
    let texts = [("0:10", 0.9), ("0:10", 0.9), ("0:12", 0.5), ("0:12", 0.5), ("0:12", 0.5), ("0:30", 0.1)]
    let folder = try await run(scratch, texts.enumerated().map { record($1.0, reward: $1.1, sample: $0) })
    let text = try RolloutListing(run: folder, step: nil, count: 3, task: nil).text(json: false)
    #expect(text.hasPrefix("step 3, 6 completions, 3 different\n\nbest\n"))
    for (completion, count) in [("0:10", 2), ("0:12", 3)] {
      #expect(text.components(separatedBy: completion).count == 2 && text.contains("\(completion)  [answered] × \(count)"))
    }
    #expect(text.contains("0:30  [answered]\n"))
    let lines = try RolloutListing(run: folder, step: 3, count: 1, task: "tsg").text(json: true).split(separator: "\n")
    #expect(lines.count == 3 && lines[0].contains("\"count\":2"))
  }

  @Test func aTornStoreIsSaid() async throws {
    let scratch = try Scratch()
    let folder = try await run(scratch, (0..<4).map { record("0:0\($0)", reward: Double($0), sample: $0) })
    #expect(try RolloutListing(run: folder, step: nil, count: 9, task: nil).warning == nil)
    let path = URL(fileURLWithPath: folder + "/rollouts.bin")
    let bytes = try Data(contentsOf: path)
    try bytes.dropLast(5).write(to: path)
    let listing = try RolloutListing(run: folder, step: nil, count: 9, task: nil)
    #expect(try listing.text(json: false).hasPrefix("step 3, 3 completions, 3 different\n"))
    #expect(listing.warning?.contains("are a record that is not whole, which is left out") == true)
  }

  @Test func runsAreComparedByResultsFirst() throws {
    let scratch = try Scratch()
    let folders = try ["a", "b"].enumerated().map { index, name in
      let folder = scratch.folder + "/\(name)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("name: \(name)\nsteps-of-an-option: \(index)\n".utf8).write(to: URL(fileURLWithPath: folder + "/resolved.yaml"))
      try Data(
        #"{"kind":"step","reward/mean":0.\#(index + 1),"policy/entropy":\#(index),"step":0,"total_steps":1}"#.utf8 + [0x0A]
      ).write(to: URL(fileURLWithPath: folder + "/log.jsonl"))
      return folder
    }
    let text = try RunListing.comparison(of: folders, json: false, all: false)
    let names = text.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != " " }) }
    #expect(names == ["reward/mean", "policy/entropy", "name", "steps-of-an-option"])
    #expect(message { _ = try RunListing.comparison(of: ["nowhere", "b"], json: false, all: false) }.contains("nowhere"))
  }

  @Test func profilesStandInColumns() throws {
    let lines = try ProfileDifferences("trl", "verl").text(rollouts: nil, step: nil).split(separator: "\n").map(String.init)
    let start = try #require(lines.first?.range(of: "verl")?.lowerBound).utf16Offset(in: lines[0])
    // Every second cell ends before the third column begins.
    #expect(
      lines.allSatisfy { line in
        let characters = Array(line)
        return characters.count > start && characters[start - 1] == " " && characters[start - 2] == " "
          && characters[start] != " "
      })
  }

  @Test func differencesAreOfTheAlgorithmAsked() throws {
    let differences = try ProfileDifferences("trl", "verl")
    #expect(try differences.json(algorithm: "rloo").contains("kl.coefficient"))
    #expect(try !differences.json(algorithm: "grpo").contains("kl.coefficient"))
    #expect(
      message { _ = try differences.text(rollouts: nil, step: nil, algorithm: "grpoo") }.contains(
        "no algorithm is named 'grpoo'"))
    #expect(message { _ = try differences.json(algorithm: "grpoo") }.contains("known: "))
  }

  /// GDPO adds the comparisons of components by their weights, which stand in the run's `resolved.yaml`.
  @Test func componentsHaveTheWeightsOfTheirRun() async throws {
    let scratch = try Scratch()
    let scores = [(0.0, 0.0), (1, 0), (0, 1), (1, 1)]
    let folder = try await run(
      scratch,
      scores.enumerated().map { sample, scores in
        var record = record("0:0\(sample)", reward: scores.0 + scores.1, sample: sample)
        record.components = [.init(label: "a", score: scores.0), .init(label: "b", score: scores.1)]
        return record
      })
    func text(_ rewards: String) throws -> String {
      try Data("name: x\n\(rewards)".utf8).write(to: URL(fileURLWithPath: folder + "/resolved.yaml"))
      return try ProfileDifferences("trl", "verl").text(rollouts: folder, step: nil, algorithm: "gdpo")
    }
    let even = try text("")
    #expect(try text("rewards: [{reward: a, weight: 1}, {reward: b, weight: 1}]\n") == even)
    #expect(try text("rewards: [{reward: x, label: a, weight: 1}, {reward: b, weight: 3}]\n") != even)
  }

  @Test func soundFilesHaveNamesOfTheirOwn() {
    #expect(TrackMedia.fileName("a/b", number: 1) == "1-a-b.ogg" && TrackMedia.fileName("a-b", number: 2) == "2-a-b.ogg")
    #expect(TrackMedia.fileName(String(repeating: "é", count: 300), number: 3).count < 100)
  }
}
