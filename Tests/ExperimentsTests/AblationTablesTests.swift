import Experiments
import Foundation
import Questions
import Tensors
import Testing

@testable import Ablations
@testable import OptionFiles
@testable import RunFolders
@testable import Runs

struct AblationTablesTests {
  /// A grid of two arms and two seeds whose runs scored what `scores` says: arm → seed → scores of three answers.
  private static func grid(_ scores: [String: [[Double]]]) throws -> (grid: AblationGrid, folder: String) {
    let text = """
      name: g
      experiment:
        name: base
        start: {encoder: e.safetensors, policy: p.safetensors}
        rewards: [{reward: onset-error}, {reward: unreadable, weight: -1}]
      grid: {algorithm: [grpo, rloo]}
      seeds: 2
      metrics: [tsg/hit@3s/greedy]
      """
    let grid = AblationGrid(try AblationFile(YAMLFile(text: text, path: "g.yaml")))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-tables-\(UUID().uuidString)").path
    for arm in grid.arms {
      for (run, values) in zip(arm.runs, scores[arm.name] ?? []) {
        let directory = RunDirectory(path: "\(folder)/\(run.folder)")
        try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
        let lines = values.enumerated().map { index, score in
          """
          {"decoding":"greedy","phase":"end","question":{"id":"q\(index)","task":"tsg","question":"?","answers":["0:05"],\
          "track_id":"t\(index)","duration":60},"scores":{"hit@3s":\(score)},"text":"0:05"}

          """
        }.joined()
        try Data(lines.utf8).write(to: URL(fileURLWithPath: directory.evaluationFile))
        try Data(Safetensors([]).encoded()).write(to: URL(fileURLWithPath: directory.policyFile))
        let log =
          #"{"kind":"step","reward/mean":0.25,"step":0,"total_steps":1}"# + "\n"
          + #"{"kind":"finished","step":1,"total_steps":1}"# + "\n"
        try Data(log.utf8).write(to: URL(fileURLWithPath: directory.logFile))
      }
    }
    return (grid, folder)
  }

  @Test func armsAreComparedSeedBySeed() throws {
    let (grid, folder) = try Self.grid(["grpo": [[0, 0, 1, 1], [1, 1, 1, 0]], "rloo": [[1, 1, 1, 0], [1, 1, 0, 0]]])
    let tables = try AblationTables(grid: grid, folder: folder)
    #expect(tables.rows.map(\.mean) == [0.625, 0.625])
    #expect(tables.rows[1].difference == 0)
    #expect(tables.rows[1].better == 1)
    #expect(tables.rows[1].paired == 2)
    #expect(abs((tables.rows[0].deviation ?? 0) - 0.125 * 2.0.squareRoot()) < 1e-15)
    #expect(
      tables.runsCSV == """
        arm,seed,start tsg/hit@3s/greedy,end tsg/hit@3s/greedy,reward
        grpo,1,,0.5,0.25
        grpo,2,,0.75,0.25
        rloo,1,,0.75,0.25
        rloo,2,,0.5,0.25

        """)
  }

  @Test func whatStandsBehindPlusMinusIsSaid() throws {
    let (grid, folder) = try Self.grid(["grpo": [[1], [0]], "rloo": [[1], [1]]])
    let text = try AblationTables(grid: grid, folder: folder).text
    #expect(
      text.contains("0.500 ± 0.707")
        && text.hasSuffix("\n± standard deviation over seeds, no interval; takt report has intervals and tests\n"))
    let (one, other) = try Self.grid(["grpo": [[1]], "rloo": [[1]]])
    #expect(try !AblationTables(grid: one, folder: other).text.contains("±"))
  }

  @Test func unfinishedRunsAreLeftOutAndNamed() throws {
    let (grid, folder) = try Self.grid(["grpo": [[1], [0]], "rloo": [[1]]])
    let tables = try AblationTables(grid: grid, folder: folder)
    #expect(tables.rows[1].seeds == 1)
    #expect(tables.rows[1].deviation == nil)
    #expect(tables.rows[1].difference == 0)
    #expect(try tables.json.contains("\"rloo/2\""))
  }

  @Test func aRunThatCannotBeReadIsLeftOutAndNamed() throws {
    let (grid, folder) = try Self.grid(["grpo": [[1], [0]], "rloo": [[1], [1]]])
    let log = RunDirectory(path: "\(folder)/rloo/seed-2").logFile
    try Data("not an event\n".utf8).write(to: URL(fileURLWithPath: log))
    let tables = try AblationTables(grid: grid, folder: folder)
    #expect(tables.runs.count == 3)
    #expect(tables.unreadable.count == 1)
    #expect(tables.unreadable[0].hasPrefix("rloo/seed-2: \(log)"))
    #expect(try tables.json.contains("\"rloo/2\""))
  }

  @Test func aLogWithoutItsEndGivesNoReward() throws {
    let (grid, folder) = try Self.grid(["grpo": [[1], [0]], "rloo": [[1], [1]]])
    let log = RunDirectory(path: "\(folder)/rloo/seed-2").logFile
    try Data((#"{"kind":"step","reward/mean":0.5,"step":0,"total_steps":2}"# + "\n").utf8).write(to: URL(fileURLWithPath: log))
    let tables = try AblationTables(grid: grid, folder: folder)
    #expect(tables.unreadable.isEmpty)
    #expect(tables.runs.map(\.reward) == [0.25, 0.25, 0.25, nil])
  }

  @Test func anEmptyFileOfScoresIsNoFinishedRun() throws {
    let (grid, folder) = try Self.grid(["grpo": [[1], [0]], "rloo": [[1], []]])
    let tables = try AblationTables(grid: grid, folder: folder)
    #expect(tables.runs.count == 3)
    #expect(tables.unreadable.isEmpty)
  }
}
