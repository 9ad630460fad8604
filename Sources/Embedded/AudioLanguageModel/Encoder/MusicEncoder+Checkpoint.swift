package import Tensors

extension MusicEncoder {
  private static let kind = "takt music encoder"

  /// The configuration as metadata of a checkpoint, and the parameters.
  package func safetensors() -> Safetensors {
    var entries: [String: String] = [
      "kind": Self.kind, "bands": "\(configuration.bands)", "width": "\(configuration.width)",
      "maximum_frames": "\(configuration.maximumFrames)", "heads": "\(configuration.headCount)",
      "feed_forward_width": "\(configuration.feedForwardWidth)",
      "dilations": configuration.dilations.map(String.init).joined(separator: " "),
      "instruments": configuration.instruments.joined(separator: "\n"),
    ]
    if configuration.intensity != .sections { entries["intensity"] = configuration.intensity.rawValue }
    return Safetensors(parameters, metadata: entries)
  }

  /// Of shape and parameters, the same for every file of this encoder: what a policy's file knows it by.
  package var checksum: String { safetensors().checksum }

  /// The encoder as the bytes of a safetensors file, with a checksum.
  package func encoded() -> [UInt8] { safetensors().summed().encoded() }

  /// An encoder from the bytes of ``encoded()`` or of a trainer's checkpoint.
  ///
  /// Throws `.badCheckpoint`.
  package init(decoding bytes: [UInt8]) throws(MusicEncoderError) {
    do throws(SafetensorsError) {
      let file = try Safetensors(decoding: bytes)
      self = try Self.untrained(described: file)
      try parameters.restore(file)
    } catch {
      throw MusicEncoderError(.badCheckpoint, "the file is no music encoder", cause: error)
    }
  }

  /// An encoder of the shape that a file's metadata describe.
  private static func untrained(described file: Safetensors) throws(SafetensorsError) -> MusicEncoder {
    func value(_ key: String) throws(SafetensorsError) -> String {
      guard let value = file.metadata[key] else {
        throw SafetensorsError(.badHeader, "the file's metadata lack \"\(key)\"; it is no music encoder's")
      }
      return value
    }
    func number(_ key: String) throws(SafetensorsError) -> Int { try number(in: value(key), of: key) }
    func number(in text: String, of key: String) throws(SafetensorsError) -> Int {
      guard let number = Int(text), (1...1_000_000).contains(number) else {
        throw SafetensorsError(.badHeader, "the file's metadata give \"\(key)\" as \"\(text)\", not a positive number")
      }
      return number
    }
    let kind = try value("kind")
    guard kind == Self.kind else { throw SafetensorsError(.badHeader, "the file holds a \(kind), not a \(Self.kind)") }
    var configuration = MusicEncoderConfiguration()
    configuration.bands = try number("bands")
    configuration.width = try number("width")
    configuration.maximumFrames = try number("maximum_frames")
    configuration.headCount = try number("heads")
    configuration.feedForwardWidth = try number("feed_forward_width")
    configuration.dilations = try value("dilations").split(separator: " ").map { (text) throws(SafetensorsError) in
      try number(in: String(text), of: "dilations")
    }
    configuration.instruments = try value("instruments").split(separator: "\n").map(String.init)
    if let meaning = file.metadata["intensity"] {
      guard let intensity = IntensityMeaning(rawValue: meaning) else {
        throw SafetensorsError(
          .badHeader,
          "the file's metadata give \"intensity\" as \"\(meaning)\", not one of "
            + IntensityMeaning.allCases.map(\.rawValue).joined(separator: ", "))
      }
      configuration.intensity = intensity
    }
    guard configuration.width % configuration.headCount == 0 else {
      throw SafetensorsError(.badHeader, "\(configuration.headCount) heads do not divide a width of \(configuration.width)")
    }
    // Sizes that no tensor of the file confirms must not make an encoder of any size.
    let (width, hidden) = (configuration.width, configuration.feedForwardWidth)
    _ = try file.tensor(named: "stem/weight", shape: [width, stemTaps * configuration.bands])
    _ = try file.tensor(named: "positions", shape: [configuration.maximumFrames, width])
    _ = try file.tensor(named: "feed_forward/expansion/weight", shape: [hidden, width])
    _ = try file.tensor(named: "head/weight", shape: [configuration.heads.count, width])
    guard configuration.dilations.count <= file.entries.count else {
      throw SafetensorsError(.badHeader, "more dilations than tensors")
    }
    return MusicEncoder(configuration: configuration, seed: 0)
  }
}
