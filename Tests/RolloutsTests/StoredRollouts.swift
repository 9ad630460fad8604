import Foundation
import Policies
import Randomness
import Rollouts

/// Records of `steps` steps with all shapes that a record may have.
func records(steps: Range<Int>, samples: Int = 4) -> [RolloutRecord] {
  steps.flatMap { step in
    (0..<samples).map { sample in
      var random = RandomStream(seed: 7).derived(step, sample)
      let length = random.integer(in: 0...6)
      let text = length == 0 ? "" : "from 0:0\(length) to 1:1\(length) – größer 🎵"
      return RolloutRecord(
        step: step, questionID: "track-\(step)/tsg", prompt: "When is the piano heard?", sampleIndex: sample,
        completion: Completion(
          tokens: (0..<length).map { _ in Token(random.integer(in: 0...40_000)) },
          logProbabilities: (0..<length).map { _ in -Float(random.uniform()) }, text: text, isTruncated: sample == 1),
        reward: sample == 2 ? nil : random.uniform(),
        components: [.init(label: "onset", score: random.uniform()), .init(label: "order", score: nil)],
        outcome: length == 0 ? "unreadable" : "answered", fault: length == 0 ? "blank" : "",
        question: sample == 0 ? "{\"id\":\"track-\(step)/tsg\"}" : "")
    }
  }
}

/// Gives `body` the path of a file of its own, which is removed afterwards.
func withScratchFile<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).rollouts").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await body(path)
}

func readAll(_ path: String) throws -> [RolloutRecord] {
  var reader = try RolloutReader(path: path)
  var records: [RolloutRecord] = []
  while let record = try reader.next() { records.append(record) }
  return records
}

func bytes(at path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}
