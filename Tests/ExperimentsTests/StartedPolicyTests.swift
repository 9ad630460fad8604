import AudioLanguageModel
import CommandTexts
import Experiments
import Files
import Foundation
import Tensors
import Testing

@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import Listening
@testable import OptionFiles
@testable import Runs

@Suite("experiments that start from a policy's file")
struct StartedPolicyTests {
  static func tiny() -> EmbeddedPolicyConfiguration {
    var configuration = EmbeddedPolicyConfiguration()
    configuration.model.width = 16
    configuration.model.layerCount = 1
    configuration.model.headCount = 2
    configuration.model.feedForwardWidth = 24
    configuration.model.projectorWidth = 12
    configuration.model.listening = .full
    return configuration
  }

  static let encoder = {
    var shape = MusicEncoderConfiguration()
    (shape.width, shape.bands, shape.feedForwardWidth, shape.headCount, shape.maximumFrames) = (8, 64, 8, 2, 50)
    return MusicEncoder(configuration: shape, seed: 1)
  }()

  func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "takt-started-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(Self.encoder.encoded()).write(to: URL(fileURLWithPath: "\(folder)/encoder.safetensors"))
    try await body(folder)
  }

  func policyFile(in folder: String, isEarlier: Bool = false) async throws -> String {
    let policy = EmbeddedPolicy(
      Self.tiny(), encoder: Self.encoder.configuration,
      heardThrough: EncoderReference(Self.encoder, file: "\(folder)/encoder.safetensors"), seed: 3)
    var file = try Safetensors(decoding: await policy.export())
    if isEarlier { file.metadata = ["format": "takt embedded policy 1", "vocabulary": file.metadata["vocabulary"] ?? ""] }
    let path = "\(folder)/\(isEarlier ? "earlier" : "policy").safetensors"
    try Data(file.encoded()).write(to: URL(fileURLWithPath: path))
    return path
  }

  func experiment(_ policyFile: String, policy: String) throws -> ExperimentFile {
    try ExperimentFile(
      YAMLFile(
        text: """
          name: x
          stage: questions
          start: {encoder: e.safetensors, policy: \(policyFile)}
          policy: \(policy)
          questions: {tasks: [tsg], per-track: [1]}
          """, path: "x.yaml"))
  }

  func issue(_ policyFile: String, policy: String) -> String {
    do {
      _ = try experiment(policyFile, policy: policy)
      return "no issue"
    } catch {
      return "\(error)"
    }
  }

  @Test("the shape is the file's, what may change is the experiment's, and the run's options say both")
  func shape() async throws {
    try await inFolder { folder in
      let path = try await policyFile(in: folder)
      let file = try experiment(path, policy: "{value-head: true, audio-tokens: dynamic, weight-decay: 0}")
      let policy = try file.embeddedPolicy.configuration
      #expect(policy.model.width == 16 && policy.model.listening == .full)
      #expect(policy.model.hasValueHead && policy.model.sampling == .dynamic && policy.weightDecay == 0)
      let resolved = try #require(file.resolved["policy"])
      #expect(resolved["audio-tokens"] != nil && resolved["width"] == nil)
      try AtomicFile.write(file.resolved.yaml(), to: "\(folder)/resolved.yaml")
      #expect(try ExperimentFile(path: "\(folder)/resolved.yaml").embeddedPolicy.configuration == policy)
    }
  }

  @Test("an option of the network says both values, its line and the remedy")
  func refuses() async throws {
    try await inFolder { folder in
      let path = try await policyFile(in: folder)
      let said = issue(path, policy: "{width: 128, listening: full}")
      #expect(
        said.contains("line 4: policy.width: is not for this run to choose: \(path) has 16, 128 is given here. The shape of a"))
      #expect(said.contains("policy.listening: is not for this run to choose: \(path) has full, full is given here"))
      #expect(
        issue("\(folder)/none.safetensors", policy: "{width: 128}").contains("policy.width: is not for this run to choose."))
    }
  }

  @Test("a start that is no policy's file is an issue at its key")
  func foreign() async throws {
    try await inFolder { folder in
      #expect(
        issue("\(folder)/encoder.safetensors", policy: "{}").contains(
          "start.policy: \(folder)/encoder.safetensors: is no policy"))
      let path = try await policyFile(in: folder)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      try whole.dropLast(100).write(to: URL(fileURLWithPath: path))
      #expect(
        issue(path, policy: "{}").contains("start.policy: \(path): is no policy's file that can be read (the tensors need"))
    }
  }

  @Test("a file of an earlier version is read with its shape given, and converted once")
  func earlier() async throws {
    try await inFolder { folder in
      let path = try await policyFile(in: folder, isEarlier: true)
      #expect(issue(path, policy: "{}").contains("policy.shape: \(path): does not say its shape"))
      let shape = "{width: 16, layers: 1, heads: 2, feed-forward-width: 24, projector-width: 12, listening: full}"
      #expect(try experiment(path, policy: "{shape: \(shape)}").embeddedPolicy.configuration.model == Self.tiny().model)
      let output = "\(folder)/converted.safetensors"
      #expect(throws: (any Error).self) { try PolicyFiles.convert(path, shape: "{width: 32}", encoder: nil, to: output) }
      #expect(throws: (any Error).self) { try PolicyFiles.convert(path, shape: "{wide: 32}", encoder: nil, to: output) }
      #expect(!FileManager.default.fileExists(atPath: output))
      try PolicyFiles.convert(path, shape: shape, encoder: "\(folder)/encoder.safetensors", to: output)
      #expect(try experiment(output, policy: "{}").embeddedPolicy.configuration.model == Self.tiny().model)
      let (old, new) = (try PolicyFiles.description(of: path), try PolicyFiles.description(of: output))
      func checksum(_ text: String) -> Substring? { text.split(separator: "\n").first { $0.hasPrefix("tensors' checksum") } }
      #expect(checksum(old) != nil && checksum(old)?.split(separator: " ").last == checksum(new)?.split(separator: " ").last)
      #expect(new.contains("encoder.safetensors, fnv1a64-") && old.contains("not said"))
    }
  }

  @Test("a policy listens without an experiment, through the encoder beside it")
  func listens() async throws {
    try await inFolder { folder in
      let path = try await policyFile(in: folder)
      let listener = try await Listener(policyFile: path)
      let track = try TrackInput("composed-7-0", window: 0...8)
      let text = try await Asking("When does the piano first enter?", about: track, by: listener).text(columns: 80)
      #expect(text.contains("answer: "))
      try FileManager.default.removeItem(atPath: "\(folder)/encoder.safetensors")
      await #expect {
        _ = try await Listener(policyFile: path)
      } throws: { "\($0)".contains("--encoder") }
    }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(
    "the shipped policies say their shape and encoder, which lies beside them",
    arguments: [("demo", "questions", "fnv1a64-cb40379ba586cee4"), ("must", "must-policy", "fnv1a64-8de5c9dd25b359ac")])
  func shipped(folder: String, name: String, tensors: String) async throws {
    let folder = Self.root.appendingPathComponent("experiments/\(folder)/checkpoints").path
    let path = "\(folder)/\(name).safetensors"
    let file = try PolicyFile(path: path)
    #expect(file.shape != nil)
    #expect(try file.openEncoder().path.hasPrefix(folder))
    #expect(try PolicyFiles.description(of: path).contains("\(tensors)\n"), "the checksum from before they said it")
  }
}
