import AudioLanguageModel
import Foundation
import Policies
import Tensors
import Testing

@Suite("PolicyFile")
struct PolicyFileTests {
  /// A file in a folder of its own, which goes away with it.
  final class Scratch {
    let folder: String

    init() throws {
      folder = NSTemporaryDirectory() + "takt-policy-file-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ bytes: [UInt8], as name: String = "policy.safetensors") throws -> String {
      let path = "\(folder)/\(name)"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return path
    }
  }

  static func message(_ body: () throws -> some Any) -> String {
    do {
      _ = try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  /// The export of a policy with its metadata changed.
  static func changed(_ bytes: [UInt8], _ change: (inout [String: String]) -> Void) throws -> [UInt8] {
    var file = try Safetensors(decoding: bytes)
    change(&file.metadata)
    return file.summed().encoded()
  }

  /// As files were written before they said their shape.
  static func earlier(_ bytes: [UInt8]) throws -> [UInt8] {
    try changed(bytes) { metadata in
      metadata = metadata.filter { ["vocabulary", "instruments"].contains($0.key) }
      metadata["format"] = "takt embedded policy 1"
    }
  }

  /// The bytes behind the header.
  static func data(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    return bytes.dropFirst(8 + Int(length))
  }

  @Test("a policy is opened from its file alone", arguments: [false, true])
  func opens(isAmple: Bool) async throws {
    let scratch = try Scratch()
    var configuration = SyntheticTracks.tinyConfiguration(isAmple: isAmple)
    configuration.tracksPerShard = EmbeddedPolicyConfiguration().tracksPerShard
    configuration.model.repeatsTimes = isAmple
    configuration.model.additionalWords = isAmple ? ["tuba", "kazoo"] : []
    let policy = EmbeddedPolicy(configuration, encoder: SyntheticTracks.encoder, seed: 3)
    try await randomizeParameters(of: policy)
    let path = try scratch.write(await policy.export())
    #expect(try PolicyFile(path: path).shape == configuration.model)
    let opened = try await EmbeddedPolicy.open(path)
    #expect(opened.configuration.model == configuration.model)
    #expect(opened.vocabulary == policy.vocabulary)
    var tracks = SyntheticTracks(seed: 7)
    let batch = try tracks.batch(for: policy)
    #expect(try await opened.outputs(for: batch, temperature: 1) == policy.outputs(for: batch, temperature: 1))
    #expect(sameBytes(await opened.export(), await policy.export()))
  }

  @Test("a checkpoint with low-rank updates says their rank, the export without them does not")
  func adapters() async throws {
    let scratch = try Scratch()
    let policy = EmbeddedPolicy(
      SyntheticTracks.tinyConfiguration(adapterRank: 2), encoder: SyntheticTracks.encoder, seed: 3)
    let path = try scratch.write(try await policy.checkpoint())
    #expect(try PolicyFile(path: path).shape?.adapterRank == 2)
    #expect(try await EmbeddedPolicy.open(path).configuration.model.adapterRank == 2)
    let export = try scratch.write(await policy.export(), as: "export.safetensors")
    #expect(try PolicyFile(path: export).shape?.adapterRank == 0)
  }

  @Test("a value head that a file lacks starts at zero; the file's parameters come in all the same")
  func addsValueHead() async throws {
    let headless = SyntheticTracks.tinyPolicy(hasValueHead: false, seed: 3)
    let policy = SyntheticTracks.tinyPolicy(hasValueHead: true, seed: 4)
    try await policy.load(await headless.export())
    var tracks = SyntheticTracks(seed: 7)
    let batch = try tracks.batch(for: policy)
    let (old, new) = (
      try await headless.outputs(for: batch, temperature: 1), try await policy.outputs(for: batch, temperature: 1)
    )
    #expect(old.logProbabilities == new.logProbabilities)
    #expect(new.values.allSatisfy { $0 == 0 } && !new.values.isEmpty)
  }

  @Test(
    "a file of an earlier version needs its shape, says what its tensors show, and is converted without a byte of them changed")
  func earlierVersions() async throws {
    let scratch = try Scratch()
    var configuration = SyntheticTracks.tinyConfiguration(isAmple: true)
    configuration.tracksPerShard = EmbeddedPolicyConfiguration().tracksPerShard
    let policy = EmbeddedPolicy(configuration, encoder: SyntheticTracks.encoder, seed: 3)
    let bytes = try Self.earlier(await policy.export())
    let path = try scratch.write(bytes)
    #expect(try PolicyFile(path: path).shape == nil)
    let error = await #expect(throws: PolicyError.self) { _ = try await EmbeddedPolicy.open(path) }
    for part in [path, "does not say its shape", "width 16, layers 2", "times clock, preceding-tokens 2", "takt policy"] {
      #expect(error?.message.contains(part) == true, "\(part)")
    }
    var wrong = configuration.model
    wrong.hasValueHead = false
    #expect(try PolicyFile(path: path).model(given: wrong) == configuration.model, "the value head is the file's")
    wrong.layerCount = 3
    #expect(
      Self.message { try PolicyFile(path: path).model(given: wrong) }
        .contains("layers: 3, so decoder.2.attention.query.weight must have shape [16, 16], but the file has none"))

    let converted = try PolicyFile.converted(
      path, shape: configuration.model, encoder: EncoderReference(MusicEncoder(seed: 1), file: "/a/b/encoder.safetensors"))
    #expect(Self.data(converted) == Self.data(bytes))
    let new = try scratch.write(converted, as: "new.safetensors")
    #expect(try PolicyFile(path: new).shape == configuration.model)
    #expect(try PolicyFile(path: new).heardThrough?.file == "encoder.safetensors")
    #expect(sameBytes(try PolicyFile.converted(new, shape: nil), converted), "twice is once")
    var tracks = SyntheticTracks(seed: 7)
    let batch = try tracks.batch(for: policy)
    #expect(
      try await EmbeddedPolicy.open(new).outputs(for: batch, temperature: 1) == policy.outputs(for: batch, temperature: 1))
    #expect(
      try await EmbeddedPolicy.open(path, shape: configuration.model).configuration.model == configuration.model)
  }

  static let lies: [(key: String, value: String, said: [String])] = [
    ("width", "32", ["width: 32", "projector.out.weight must have shape [32, 12], but it has shape [16, 12]"]),
    ("width", "1000000000000", ["width: must be a whole number in 8…512, not 1000000000000"]),
    ("width", "many", ["width: must be a whole number in 8…512, not 'many'"]),
    ("layers", "1", ["layers: 1, so decoder.1.attention.query.weight must be absent, but it has shape [16, 16]"]),
    ("layers", "3", ["decoder.2.attention.query.weight must have shape [16, 16], but the file has none"]),
    ("heads", "3", ["width: must be a multiple of heads (3), not 16"]),
    ("feed-forward-width", "32", ["feed-forward-width: 32", "[32, 16]", "[24, 16]"]),
    ("projector-width", "13", ["projector-width: 13", "[13, 30]", "[12, 30]"]),
    ("maximum-seconds", "13", ["maximum-seconds: 13", "embedding.tokens"]),
    ("maximum-text-tokens", "25", ["maximum-text-tokens: 25", "[25, 16]", "[24, 16]"]),
    ("times", "clock", ["times: clock, so embedding.seconds must have shape [60, 16], but the file has none"]),
    ("times", "sundial", ["times: must be one of single, clock, not 'sundial'"]),
    ("preceding-tokens", "1", ["preceding-tokens: 1", "embedding.preceding.1"]),
    ("words", "tuba", ["embedding.tokens"]),
    ("value-head", "false", ["value-head: false, so value.weight must be absent"]),
    ("adapter-rank", "4", ["adapter-rank: 4", "the file has none"]),
    ("repeat-times", "perhaps", ["repeat-times: must be true or false, not 'perhaps'"]),
    ("tokens-per-second", "nan", ["tokens-per-second: must be a number in 0.1…5"]),
    ("encoder-width", "7", ["encoder-width 7", "projector.in.weight has shape [12, 30]"]),
    ("instruments", "piano", ["name 1 instruments", "projector.heads has shape [16, 27]"]),
    ("vocabulary", "one two", ["word 0 is 'one' in the file and '<begin>' here"]),
    ("words", String(repeating: "x", count: 100_000), ["embedding.tokens must have shape"]),
  ]

  @Test("metadata that are out of range or contradict the tensors name file, key, values and remedy", arguments: lies.indices)
  func lie(index: Int) async throws {
    let scratch = try Scratch()
    let (key, value, said) = Self.lies[index]
    let bytes = try Self.changed(await SyntheticTracks.tinyPolicy().export()) { $0[key] = value }
    let path = try scratch.write(bytes)
    let message = Self.message { try PolicyFile(path: path) }
    for part in [path] + said { #expect(message.contains(part), "\(part) in: \(message)") }
    #expect(message.count < 1_500)
  }

  @Test("metadata that lack a key name it")
  func missingKey() async throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      try Self.changed(await SyntheticTracks.tinyPolicy().export()) { $0["heads"] = nil })
    #expect(Self.message { try PolicyFile(path: path) }.contains("heads: is missing"))
  }

  @Test("a file that is cut, damaged, foreign, no file or a pipe is refused and names itself")
  func foreignFiles() async throws {
    let scratch = try Scratch()
    let whole = await SyntheticTracks.tinyPolicy().export()
    func said(_ bytes: [UInt8], _ parts: String...) throws {
      let path = try scratch.write(bytes)
      let message = Self.message { try PolicyFile(path: path) }
      for part in [path] + parts { #expect(message.contains(part), "\(part) in: \(message)") }
    }
    try said(Array(whole.dropLast(8)), "copy or download")
    try said(Array(whole.prefix(100)), "the header ends at byte")
    try said([], "0 bytes cannot hold the length")
    try said(Array("RIFF and so on".utf8), "this is no safetensors file")
    try said(Safetensors([.init(name: "a", tensor: Tensor(shape: [2]))]).encoded(), "no policy of Takt's")
    try said(MusicEncoder(seed: 1).encoded(), "no policy of Takt's")
    #expect(Self.message { try PolicyFile(path: scratch.folder + "/none") }.contains("there is no such file"))
    #expect(Self.message { try PolicyFile(path: scratch.folder) }.contains("is no regular file"))
    #expect(mkfifo(scratch.folder + "/pipe", 0o600) == 0)
    #expect(Self.message { try PolicyFile(path: scratch.folder + "/pipe") }.contains("is no regular file"))
    var damaged = whole
    damaged[damaged.count - 3] ^= 1
    let path = try scratch.write(damaged)
    let error = await #expect(throws: PolicyError.self) { _ = try await EmbeddedPolicy.open(path) }
    #expect(error.map { "\($0)" }?.contains("it was damaged or changed") == true)
  }

  @Test("a policy takes no file of another network, even where its tensors have the same shapes, and stays as it is")
  func otherNetworks() async throws {
    let policy = SyntheticTracks.tinyPolicy()
    let before = try await policy.checkpoint()
    var other = SyntheticTracks.tinyConfiguration()
    other.model.listening = .full
    let bytes = await EmbeddedPolicy(other, encoder: SyntheticTracks.encoder, seed: 1).export()
    let error = await #expect(throws: PolicyError.self) { try await policy.load(bytes, from: "b.safetensors") }
    #expect(error?.message.contains("b.safetensors: the export has listening: full, this policy causal") == true)
    other.model.listening = .causal
    other.model.repeatsTimes = true
    let checkpoint = try await EmbeddedPolicy(other, encoder: SyntheticTracks.encoder, seed: 1).checkpoint()
    await #expect(throws: PolicyError.self) { try await policy.restore(checkpoint) }
    #expect(sameBytes(try await policy.checkpoint(), before))
    try await policy.load(checkpoint)
  }

  @Test("the encoder that a policy heard through is found beside it, told from another, or named")
  func encoders() async throws {
    let scratch = try Scratch()
    var shape = MusicEncoderConfiguration()
    (shape.width, shape.bands, shape.feedForwardWidth, shape.headCount, shape.maximumFrames) = (6, 8, 8, 2, 20)
    let encoder = MusicEncoder(configuration: shape, seed: 1)
    let policy = EmbeddedPolicy(
      SyntheticTracks.tinyConfiguration(), encoder: shape,
      heardThrough: EncoderReference(encoder, file: "no/such/e.safetensors"),
      seed: 3)
    let file = try PolicyFile(path: try scratch.write(await policy.export()))
    #expect(
      Self.message { try file.openEncoder() }.contains(
        "there is no \(scratch.folder)/e.safetensors and no no/such/e.safetensors"))
    let path = try scratch.write(encoder.encoded(), as: "e.safetensors")
    let found = try file.openEncoder()
    #expect(found.path == path && found.encoder.checksum == encoder.checksum)
    let other = MusicEncoder(configuration: shape, seed: 2)
    _ = try scratch.write(other.encoded(), as: "e.safetensors")
    let message = Self.message { try file.openEncoder() }
    #expect(message.contains(encoder.checksum) && message.contains(other.checksum) && message.contains("--encoder"))
    #expect(try file.openEncoder(path).encoder.checksum == other.checksum)
    shape.width = 8
    let wide = try scratch.write(MusicEncoder(configuration: shape, seed: 1).encoded(), as: "wide.safetensors")
    #expect(Self.message { try file.openEncoder(wide) }.contains("has width 8"))
    #expect(Self.message { try file.openEncoder(file.path) }.contains("is no music encoder"))
    let silent = try PolicyFile(path: try scratch.write(await SyntheticTracks.tinyPolicy().export()))
    #expect(Self.message { try silent.openEncoder() }.contains("name its file with --encoder"))
  }
}
