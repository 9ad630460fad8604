package import Experiments
import Foundation
import Tensors

/// Takt's speed beside the machine's limits, measured in one run: `takt bench`.
///
/// All families take turns, round after round, and every round begins with the machine's limits, so that a figure and its limit
/// saw the same machine. A first round warms up and does not count. Work on several threads is timed on the wall, work on one core
/// by the processor time of its thread.
package struct Bench: Sendable {
  /// When rounds stop, and how many there are at least and at most.
  struct Extent: Sendable {
    let seconds: Double
    let rounds: ClosedRange<Int>
  }

  /// Names of what can be measured alone.
  package enum Part: String, Sendable, CaseIterable {
    case encoder, tuning, sampling, reinforcement, music, answers, files, metrics, rewards, objective
  }

  private let extent: Extent
  private let isQuick: Bool
  private let parts: [Part]
  private let progress: WorkProgress

  /// - Parameters:
  ///   - quick: at most 15 s instead of 60.
  ///   - parts: what is measured; everything where it is empty.
  package init(quick: Bool, parts: [Part] = [], progress: WorkProgress) {
    isQuick = quick
    self.parts = parts.isEmpty ? Part.allCases : parts
    extent = quick ? Extent(seconds: 9, rounds: 2...5) : Extent(seconds: 45, rounds: 5...15)
    self.progress = progress
  }

  package func report() async throws -> BenchReport {
    let start = ContinuousClock.now
    keepFreedMemory()
    let loadBefore = Self.load()
    let probe = MachineProbe()
    var families = try await families()
    var samples: [[[BenchSample]]] = []
    var longest = 0.0
    for round in 0...extent.rounds.upperBound {
      let begin = ContinuousClock.now
      let limits = probe.measure()
      var parts = [probe.samples(limits)]
      for index in families.indices { parts.append(try await families[index].measure(beside: limits)) }
      progress.report("rounds", round, extent.rounds.upperBound)
      guard round > 0 else { continue }
      samples.append(parts)
      longest = max(longest, begin.elapsed)
      if round >= extent.rounds.lowerBound, start.elapsed + longest > extent.seconds { break }
    }
    progress.report("rounds", extent.rounds.upperBound, extent.rounds.upperBound)
    let rows = [probe.rows] + families.map(\.rows)
    let figures = rows.indices.flatMap { family in
      rows[family].indices.map { row in BenchFigure(rows[family][row], samples.map { $0[family][row] }) }
    }
    return BenchReport(
      machine: .init(
        threads: availableThreads, blasCore: Kernels.blasCore, loadBefore: loadBefore, loadAfter: Self.load()),
      quick: isQuick, rounds: samples.count, seconds: start.elapsed, figures: figures)
  }

  private func families() async throws -> [any BenchFamily] {
    let material = try BenchMaterial(progress: progress)
    let judging = JudgingMaterial()
    let answers = AnswerBench(material)
    let signal = MusicBench.material
    let peers = !Set(parts).isDisjoint(with: [.answers, .files, .metrics, .rewards, .music])
    let folder = try parts.contains(.files) ? FileBench.folder() : nil
    var inputs: [String: Any] = parts.contains(.music) ? MusicBench.pythonInputs(signal) : [:]
    if !Set(parts).isDisjoint(with: [.answers, .metrics, .rewards]) {
      inputs.merge(judging.pythonInputs) { $1 }
      inputs["answers"] = answers.pythonInputs
    }
    if let folder { inputs["files"] = FileBench.pythonInputs(folder) }
    let peer = PythonPeer(inputs: inputs)
    var families: [any BenchFamily] = peers ? [PythonPeerRounds(peer: peer)] : []
    for part in Part.allCases where parts.contains(part) {
      switch part {
      case .encoder: families.append(EncoderBench(material))
      case .tuning: families.append(try FineTuningBench(material))
      case .sampling: families.append(try SamplingBench(material))
      case .reinforcement: families.append(try await ReinforcementBench(material))
      case .music: families.append(MusicBench(signal, peer: peer))
      case .answers: families.append(answers.beside(peer))
      case .files: if let folder { families.append(try FileBench(folder, peer: peer)) }
      case .metrics: families.append(MetricBench(judging, peer: peer))
      case .rewards: families.append(RewardBench(judging, peer: peer))
      case .objective: families.append(ObjectiveBench())
      }
    }
    return families
  }

  /// Processes that ran or waited to run, on average over the last minute.
  private static func load() -> Double {
    var averages = [0.0]
    return getloadavg(&averages, 1) == 1 ? averages[0] : .nan
  }
}
