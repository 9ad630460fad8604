import Experiments
import Files
import Foundation
import MusTBench
import Options
import Questions
import RunLogs
import Tensors
import Testing

@testable import RunFolders
@testable import Runs

/// A finished run's folder with three scored answers.
private struct ScoredRun {
  let directory: RunDirectory

  init(hasSum: Bool = true) throws {
    directory = RunDirectory(
      path: FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path)
    try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
    try Data(Safetensors([]).encoded()).write(to: URL(fileURLWithPath: directory.policyFile))
    let lines = (0..<3).map {
      #"{"decoding":"greedy","phase":"end","question":{"answers":["0:30"],"duration":60,"id":"q\#($0)","question":"When?","#
        + #""task":"tsg","track_id":"t"},"scores":{"hit@3s":1},"text":"0:30"}"#
    }
    let answers = try lines.map {
      try JSONLines.decode(HeldOutRecord.self, from: Data($0.utf8), forms: TaskCatalog.builtIn.forms)
    }
    if hasSum {
      try EvaluationFile.writeSummed(answers, to: directory.evaluationFile)
    } else {
      try EvaluationFile.write(answers, to: directory.evaluationFile)
    }
  }

  var isFinished: Bool { directory.isFinished(isScored: true) }

  var bytes: Data { FileManager.default.contents(atPath: directory.evaluationFile) ?? Data() }

  func replace(by bytes: Data) throws { try bytes.write(to: URL(fileURLWithPath: directory.evaluationFile)) }

  func remove() { try? FileManager.default.removeItem(atPath: directory.path) }
}

struct EvaluationFileTests {
  @Test(arguments: [true, false]) func aWholeFileIsReadWithAndWithoutItsSum(hasSum: Bool) throws {
    let run = try ScoredRun(hasSum: hasSum)
    defer { run.remove() }
    #expect(FileManager.default.fileExists(atPath: run.directory.path + "/evaluation.sum") == hasSum)
    #expect(try EvaluationFile.read(run.directory.evaluationFile).count == 3)
    #expect(run.isFinished)
    #expect(run.directory.damagedScores == nil)
  }

  @Test func aFileThatWasCutOffIsRefusedWithBothCountsAndTheRemedy() throws {
    let run = try ScoredRun()
    defer { run.remove() }
    let first = try #require(run.bytes.firstIndex(of: 0x0A))
    try run.replace(by: run.bytes.prefix(through: first))
    let error = try #require(throws: FileError.self) { try EvaluationFile.read(run.directory.evaluationFile) }
    #expect(error.path == run.directory.evaluationFile)
    for part in ["holds 1 lines", "the run wrote 3 lines", "run `takt train`"] { #expect(error.message.contains(part)) }
    #expect(!run.isFinished)
    #expect(run.directory.damagedScores?.contains("holds 1 lines") == true)
  }

  @Test func oneOtherByteIsSeen() throws {
    let run = try ScoredRun()
    defer { run.remove() }
    let text = String(decoding: run.bytes, as: UTF8.self)
    try run.replace(by: Data(text.replacingOccurrences(of: ":1}", with: ":0}").utf8))
    #expect(throws: FileError.self) { try EvaluationFile.read(run.directory.evaluationFile) }
    #expect(!run.isFinished)
  }

  @Test func aDamagedSumIsNamed() throws {
    let run = try ScoredRun()
    defer { run.remove() }
    try Data("lines 3\ncrc".utf8).write(to: URL(fileURLWithPath: run.directory.path + "/evaluation.sum"))
    let error = try #require(throws: FileError.self) { try EvaluationFile.read(run.directory.evaluationFile) }
    #expect(error.path.hasSuffix("evaluation.sum"))
    #expect(!run.isFinished)
  }

  @Test(arguments: [0, 10]) func withoutASumAnEmptyOrTornFileIsNotFinished(length: Int) throws {
    let run = try ScoredRun(hasSum: false)
    defer { run.remove() }
    try run.replace(by: run.bytes.prefix(length))
    #expect(!run.isFinished)
    #expect(run.directory.damagedScores != nil)
  }

  @Test func withoutItsPolicyARunHasNoDamagedScores() throws {
    let run = try ScoredRun()
    defer { run.remove() }
    try run.replace(by: Data())
    try FileManager.default.removeItem(atPath: run.directory.policyFile)
    #expect(run.directory.damagedScores == nil)
    #expect(!run.isFinished)
  }
}

struct LogEndingTests {
  @Test func aLogWithoutItsEndIsTold() {
    let steps = (0..<3).map { RunEvent(kind: .step, step: $0, totalSteps: 5) }
    #expect(LogEnding(steps).caution(run: "a")?.contains("The log of a ends after step 3 of 5") == true)
    #expect(LogEnding([]).caution(run: "a")?.contains("holds no event") == true)
    #expect(LogEnding(steps + [RunEvent(kind: .finished, step: 5, totalSteps: 5)]).caution(run: "a") == nil)
  }
}
