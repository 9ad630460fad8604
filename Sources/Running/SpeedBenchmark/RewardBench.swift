import Options
import Questions
import Rewards
import TemporalRewards

/// Every reward of the catalogue with its defaults, on readings, on one core, beside what Python computes it with.
struct RewardBench: BenchFamily {
  private struct Entry {
    let name: String
    let reward: any TemporalReward
    let exercises: [(reading: Reading, question: Question)]
    var mean = 0.0
  }

  private let material: JudgingMaterial
  private let peer: PythonPeer
  private var entries: [Entry]

  init(_ material: JudgingMaterial, peer: PythonPeer) {
    self.material = material
    self.peer = peer
    entries = RewardCatalog.builtIn.all.compactMap { $0 as? any TemporalReward.Type }.map { type in
      var options = OptionReader()
      let documentation = type.documentation
      let kind: AnswerKind = documentation.kinds.contains(.intervals) ? .intervals : documentation.kinds[0]
      return Entry(
        name: type.name, reward: type.init(options: &options),
        exercises: material.exercises(
          for: kind, spans: documentation.family == .interval, events: documentation.family == .events))
    }
  }

  var rows: [BenchRow] {
    entries.map { entry in
      BenchRow(
        "reward/\(entry.name)", entry.name, unit: "M/s", .rate, limit: peer.name(entry.name),
        explanation: "\(type(of: entry.reward).documentation.summary) Judged alone; \(peer.note(entry.name, mean: entry.mean))")
    }
  }

  mutating func measure(beside limits: MachineLimits) -> [BenchSample] {
    let response = Response(text: "", tokenCount: 8, isTruncated: false)
    return entries.indices.map { index in
      let reward = entries[index].reward
      let (rate, mean) = material.rate(of: entries[index].exercises) {
        reward.score($0.reading, in: response, to: $0.question) ?? 0
      }
      entries[index].mean = mean
      return BenchSample(rate, limit: peer.rate(entries[index].name))
    }
  }
}
