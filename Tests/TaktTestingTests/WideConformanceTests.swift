import Options
import Questions
import Rewards
import TaktTesting
import Testing

/// The examination of rewards that need more than one answer.
struct WideConformanceTests {
  fileprivate enum Fault: CaseIterable {
    case none, count, range, kinds
    @TaskLocal static var current = Fault.none
  }

  private static let documentation = RewardDocumentation(
    summary: "An example.", formula: "the share of answers that are readable", degenerateCases: "None: 0.",
    source: "This test.",
    family: .shaping, kinds: [.instant, .intervals])

  private static func scores(_ group: RewardGroup) -> [Double?] {
    let fault = Fault.current
    guard documentation.kinds.contains(group.question.kind) || fault == .kinds else { return group.readings.map { _ in nil } }
    let share = Double(group.readings.count { $0.answer != nil }) / Double(group.count)
    return Array(group.readings.map { _ in fault == .range ? share + 1 : share }.dropLast(fault == .count ? 1 : 0))
  }

  private struct Share: GroupReward {
    static let name = "share"
    static let documentation = WideConformanceTests.documentation
    init(options: inout OptionReader) {}
    func scores(of group: RewardGroup) -> [Double?] { WideConformanceTests.scores(group) }
  }

  private struct Shares: BatchReward {
    static let name = "shares"
    static let documentation = WideConformanceTests.documentation
    init(options: inout OptionReader) {}
    func scores(of batch: RewardBatch) async throws -> [Double?] { batch.groups.flatMap(WideConformanceTests.scores) }
  }

  @Test func faultsAreFound() async throws {
    let promises: [Fault: String] = [
      .count: "there is one score an answer", .range: "scores are finite and inside the range",
      .kinds: "the documentation lists the kinds that are judged",
    ]
    for fault in Fault.allCases {
      try await Fault.$current.withValue(fault) {
        let group = rewardConformanceFailures(Share.self).map(\.promise)
        let batch = try await rewardConformanceFailures(Shares.self).map(\.promise)
        guard let promise = promises[fault] else { return #expect(group.isEmpty && batch.isEmpty) }
        #expect(group.contains(promise))
        // A batch reward is not asked for kinds that it does not list.
        #expect(batch.contains(promise) || fault == .kinds)
      }
    }
  }
}
