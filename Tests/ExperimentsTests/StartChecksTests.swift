import AudioLanguageModel
import Experiments
import Foundation
import Testing

@testable import EmbeddedPolicies
@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import OptionFiles
@testable import RunFolders
@testable import Runs

/// What `takt train` and `--dry-run` refuse before anything is made.
struct StartChecksTests {
  private func issues(_ text: String) -> String {
    do {
      try ExperimentFile(YAMLFile(text: text, path: "x.yaml")).checkStart()
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func startFilesThatAreNotThereAreNamedWithWherePathsBegin() {
    let text = """
      name: x
      start: {encoder: nowhere/e.safetensors, policy: /nowhere/p.safetensors}
      rewards: [{reward: onset-error}, {reward: unreadable, weight: -1}]
      training: {completions: 1}
      algorithm: {algorithm: grpo}
      """
    let message = issues(text)
    #expect(message.contains("x.yaml has 3 issues"))
    #expect(
      message.contains(
        "start.encoder: nowhere/e.safetensors: there is no such file in \(FileManager.default.currentDirectoryPath)"))
    #expect(message.contains("paths are relative to the working folder"))
    #expect(message.contains("start.policy: /nowhere/p.safetensors: there is no such file. "))
    #expect(message.contains("grpo compares completions of one prompt and training.completions is 1"))
  }

  @Test func anExportReplacesOnlyWhatTaktWrote() throws {
    try withFolder { folder in
      let target = "\(folder)/export.safetensors"
      let text = "name: x\nstage: encoder\nexport: \(target)\n"
      #expect(issues(text).isEmpty)
      try Data("my thesis".utf8).write(to: URL(fileURLWithPath: target))
      #expect(issues(text).contains("is there already, and is no policy or encoder that Takt wrote"))
      var configuration = MusicEncoderConfiguration()
      (configuration.bands, configuration.width, configuration.headCount) = (8, 8, 1)
      (configuration.feedForwardWidth, configuration.maximumFrames, configuration.dilations) = (8, 8, [1])
      let encoder = MusicEncoder(configuration: configuration, seed: 1)
      try Data(encoder.encoded()).write(to: URL(fileURLWithPath: target))
      #expect(issues(text).isEmpty)
      #expect(issues("name: x\nstage: encoder\nexport: \(folder)\n").contains("is a folder: name a file in it"))
      #expect(
        issues("name: x\nstage: encoder\nexport: \(folder)/none/e.safetensors\n").contains("a folder that does not exist"))
    }
  }

  @Test func wrongSettingsOfTheProcessAreSaidOnceEach() {
    #expect(
      ProcessSettings.warnings(["TAKT_THREADS": "2", "TAKT_CACHE_MB": "0"]).isEmpty && ProcessSettings.warnings([:]).isEmpty)
    for value in ["abc", "0", "-1", "1e3", "", "99999999"] {
      let warnings = ProcessSettings.warnings(["TAKT_THREADS": value])
      #expect(
        warnings.count == 1
          && warnings.allSatisfy { $0.hasPrefix("TAKT_THREADS is '\(value)', not a whole number from 1 to 256") })
    }
    for value in ["-5", "abc", "1e20", "9223372036854775807"] {
      #expect(ProcessSettings.warnings(["TAKT_CACHE_MB": value]).count == 1)
      #expect(TrackCache(environment: ["TAKT_CACHE_MB": value], encoderFile: [])?.limit ?? -1 >= 0)
    }
  }

  @Test func passwordsOfTheCommandLineAreStoredNowhere() {
    #expect(Manifest.withoutUserInfo("log.0.uri=http://me:word@host:5000/a@b") == "log.0.uri=http://host:5000/a@b")
    #expect(Manifest.withoutUserInfo("http://host/a@b") == "http://host/a@b")
  }
}
