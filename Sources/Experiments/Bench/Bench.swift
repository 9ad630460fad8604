import Foundation
import Tensors

/// Takt's speed beside the machine's limits, measured in one run: `takt bench`.
///
/// All families take turns, round after round, and every round begins with the machine's limits, so that a figure and its limit
/// saw the same machine. A first round warms up and does not count. Work on several threads is timed on the wall, work on one core
/// by the processor time of its thread.
public struct Bench: Sendable {
  /// When rounds stop, and how many there are at least and at most.
  struct Extent: Sendable {
    let seconds: Double
    let rounds: ClosedRange<Int>
  }

  private let extent: Extent
  private let isQuick: Bool
  private let progress: WorkProgress

  /// - Parameter quick: at most 15 s instead of 60.
  public init(quick: Bool, progress: WorkProgress) {
    isQuick = quick
    extent = quick ? Extent(seconds: 9, rounds: 2...5) : Extent(seconds: 45, rounds: 5...15)
    self.progress = progress
  }

  public func report() async throws -> BenchReport {
    let start = ContinuousClock.now
    keepFreedMemory()
    let loadBefore = Self.load()
    let probe = MachineProbe()
    var families = try await Self.families(progress: progress)
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

  private static func families(progress: WorkProgress) async throws -> [any BenchFamily] {
    let material = try BenchMaterial(progress: progress)
    return [
      EncoderBench(material), try FineTuningBench(material), try SamplingBench(material),
      try await ReinforcementBench(material),
      MusicBench(), try AnswerBench(material), MetricBench(), try ObjectiveBench(),
    ]
  }

  /// Processes that ran or waited to run, on average over the last minute.
  private static func load() -> Double {
    var averages = [0.0]
    return getloadavg(&averages, 1) == 1 ? averages[0] : .nan
  }
}
