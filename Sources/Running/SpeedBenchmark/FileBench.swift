import Experiments
import Files
import Foundation
import Judging
import Randomness

/// `takt answers score` on files beside a plain Python script, and `takt rewards serve` on requests that name their questions.
///
/// Both start with what the command starts with, the file of questions, and are timed on the wall with all threads.
final class FileBench: BenchFamily {
  private static let lineCount = 20_000
  private static let batch = 1024
  private static let requestCount = 20

  private let folder: URL
  private let peer: PythonPeer
  private let requests: [Data]
  private var mean = 0.0

  init(_ folder: URL, peer: PythonPeer) throws {
    self.folder = folder
    self.peer = peer
    let lines = Self.lines()
    for (name, text) in [
      ("questions.jsonl", lines.map(\.question).joined()), ("completions.jsonl", lines.map(\.completion).joined()),
      ("rewards.yaml", Self.rewards),
    ] {
      try AtomicFile.write(Array(text.utf8), to: Self.path(name, folder))
    }
    requests = try (0..<Self.requestCount).map { index in
      let batch = (0..<Self.batch).map { lines[(index * Self.batch + $0) % lines.count] }
      return Data(try JSONText.line(object: ["ids": batch.map(\.id), "completions": batch.map(\.text), "id": index]).utf8)
    }
  }

  /// A folder for the files, which Python reads too.
  static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "takt-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What `experiments/score-peer.py` takes.
  static func pythonInputs(_ folder: URL) -> [[String]] {
    [["questions.jsonl", "completions.jsonl", "python.jsonl"].map { path($0, folder) }]
  }

  private static func path(_ name: String, _ folder: URL) -> String { folder.appending(path: name).path(percentEncoded: false) }

  /// Those of `experiments/rewards/peer.yaml`.
  private static let rewards = """
    rewards:
      - {reward: onset-error, scale: 15}
      - {reward: interval-f1}
      - {reward: out-of-track, weight: -0.5}
      - {reward: unreadable, weight: -1}
    """

  /// As `experiments/score-peer.py make` has them: half the answers in a sentence after some reasoning, one in a hundred none.
  private static func lines() -> [(id: String, text: String, question: String, completion: String)] {
    var stream = RandomStream(seed: BenchMaterial.seed)
    func clock(_ seconds: Int) -> String { "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)" }
    return (0..<lineCount).map { index in
      let id = "track-\(100_000 + index / 20)/\(10 + index % 20)"
      let duration = "\(stream.integer(in: 150_000...400_000) / 1000).\(stream.integer(in: 100...999))"
      let times = (0..<4).map { _ in stream.integer(in: 0...149) }.sorted()
      let isInstant = index % 2 == 1
      let form = isInstant ? "\"tsg\",\"kind\":\"instant\"" : "\"mtr\",\"kind\":\"intervals\""
      let truth = isInstant ? "\(times[0])" : "[\(times[0]),\(times[1] + 1)],[\(times[2] + 1),\(times[3] + 2)]"
      var text =
        isInstant
        ? clock(times[0] + stream.integer(in: 0...20))
        : "\(clock(times[0]))-\(clock(times[1] + 3)), \(clock(times[2] + 4))-\(clock(times[3] + 9))"
      if index % 4 > 1 {
        text = "<think>the piano comes in softly after a short break of drums and bass</think>It is at \(text)."
      }
      if index % 97 == 0 { text = "I hear only drums." }
      return (
        id, text,
        "{\"id\":\"\(id)\",\"track_id\":\"\(id.prefix(12))\",\"duration\":\(duration),\"task\":\(form),"
          + "\"question\":\"When does the piano first start to play in this track?\",\"answers\":[\(truth)]}\n",
        "{\"id\":\"\(id)\",\"completion\":\"\(text)\",\"token_count\":\(stream.integer(in: 4...60))}\n"
      )
    }
  }

  var rows: [BenchRow] {
    [
      BenchRow(
        "files_score", "lines scored from file to file", unit: "k lines/s", .rate, limit: peer.name("score"),
        explanation:
          "20,000 questions and their completions read, judged and written as takt answers score does, all threads, the bar is 10 ×; "
          + peer.note("score", mean: mean, within: 1e-4)),
      BenchRow(
        "files_serve", "answers judged by the service", unit: "k/s", .rate,
        explanation:
          "requests of 1,024 completions by question id, read, judged and written as takt rewards serve does; the bar is 1,000"
      ),
    ]
  }

  func measure(beside limits: MachineLimits) throws -> [BenchSample] {
    let questions = Self.path("questions.jsonl", folder)
    let rewards = Self.path("rewards.yaml", folder)
    let start = ContinuousClock.now
    let summary = try Scoring(questions: questions, rewards: rewards).score(
      completions: Self.path("completions.jsonl", folder), to: Self.path("takt.jsonl", folder))
    let scored = Double(Self.lineCount) / start.elapsed / 1000
    // "reward  0.7019 over 20000": four digits, which the peer's mean is compared with.
    mean = summary.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? .nan
    var service = try RewardService(rewards: rewards, questions: questions)
    let begin = ContinuousClock.now
    let bytes = requests.reduce(0) { $0 + service.answer($1).count }
    let served = Double(Self.requestCount * Self.batch) / begin.elapsed / 1000
    precondition(bytes > Self.requestCount * Self.batch, "every answer is written")
    return [
      BenchSample(scored, limit: peer.callRate("score").map { $0 * Double(Self.lineCount) / 1000 }), BenchSample(served),
    ]
  }
}
