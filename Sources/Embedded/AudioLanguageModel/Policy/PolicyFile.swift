import Foundation
import Options
package import Policies
import Tensors

/// A policy's file as its header describes it, checked against the shapes of its tensors before any of them is read.
///
/// Files of format "takt embedded policy 2" say the network's shape, the layout of its prompts, its vocabulary and the encoder that it
/// heard through, so that a policy is opened from its file alone (``EmbeddedPolicy/open(_:shape:threads:)``). Files of earlier
/// versions say their vocabulary only; their shape must be given.
package struct PolicyFile: Sendable {
  package let path: String
  /// The model that the file describes; `nil` in files of earlier versions.
  package let shape: AudioLanguageModelConfiguration?
  /// Width and instruments of the encoder whose tracks the policy hears; the rest of it is not known here.
  package let encoder: MusicEncoderConfiguration
  /// Which encoder that was; `nil` where the file does not say.
  package let heardThrough: EncoderReference?
  let metadata: PolicyMetadata
  let shapes: [String: [Int]]

  /// Reads the header of a file.
  ///
  /// Throws `.badCheckpoint` where there is no such file, where it is no policy's, is cut off, or says what its tensors contradict.
  package init(path: String) throws(PolicyError) {
    try self.init(try Self.outline(of: path), path: path)
  }

  init(_ outline: Safetensors.Outline, path: String) throws(PolicyError) {
    self.path = path
    metadata = PolicyMetadata(outline.metadata)
    shapes = outline.shapes
    heardThrough = metadata.heardThrough
    encoder = try Self.encoder(metadata, shapes, path: path)
    guard metadata.hasShape else {
      shape = nil
      return
    }
    let model: AudioLanguageModelConfiguration
    do {
      model = try metadata.model()
    } catch {
      throw PolicyError(
        .badCheckpoint,
        "\(path): its metadata do not describe a policy: "
          + error.issues.map { "\($0)" }.joined(separator: "; ")
          + ". Take the file from where it was written: nobody but Takt should change its metadata")
    }
    shape = model
    try check(model, saidBy: "its metadata say", remedy: Self.restoring)
  }

  /// The file's model, or where the file does not say it the one that was given, with the value head and adapters that the file has.
  ///
  /// Throws where neither says it, and where the tensors have another shape.
  package func model(given: AudioLanguageModelConfiguration? = nil) throws(PolicyError) -> AudioLanguageModelConfiguration {
    if let shape { return shape }
    guard var model = given else {
      throw PolicyError(
        .badCheckpoint,
        "\(path): does not say its shape, as a file of an earlier version: say it (\(seen)), or convert the file with takt policy"
      )
    }
    model.hasValueHead = shapes["value.weight"] != nil
    model.adapterRank = shapes["\(AudioTextTransformer.adapterPrefix)decoder.0.attention.query.down"]?.first ?? 0
    try check(model, saidBy: "the shape that was given says", remedy: "Say the shape that it was trained with (\(seen))")
    return model
  }

  static let restoring = "Take the file from where it was written, or train it again"

  /// What the tensors of a file show of its shape, for a message.
  var seen: String {
    func size(_ name: String, _ axis: Int) -> String { shapes[name].map { $0.count > axis ? "\($0[axis])" : "?" } ?? "?" }
    let layers = (0...).prefix { shapes["decoder.\($0).feed-forward.expand.weight"] != nil }.count
    let lags = (1...).prefix { shapes["embedding.preceding.\($0)"] != nil }.count
    let times = shapes["embedding.minutes"] == nil ? "single" : "clock"
    return "its tensors show width \(size("projector.out.weight", 0)), layers \(layers), feed-forward-width "
      + "\(size("decoder.0.feed-forward.expand.weight", 0)), projector-width \(size("projector.in.weight", 0)), times \(times), "
      + "preceding-tokens \(lags), maximum-text-tokens \(size("embedding.positions", 0)); heads, listening, audio-tokens, "
      + "tokens-per-second and repeat-times cannot be seen"
  }

  /// The encoder's width and instruments, as the projector's tensors show them.
  private static func encoder(
    _ metadata: PolicyMetadata, _ shapes: [String: [Int]], path: String
  ) throws(PolicyError) -> MusicEncoderConfiguration {
    guard let frames = shapes["projector.in.weight"], let heads = shapes["projector.heads"], frames.count == 2, heads.count == 2
    else {
      throw PolicyError(
        .badCheckpoint,
        "\(path): is no policy of Takt's: it has no matrices projector.in.weight and projector.heads among \(shapes.count) tensors"
      )
    }
    var encoder = MusicEncoderConfiguration()
    encoder.width = frames[1] / AudioWindows.framesPerSecond
    encoder.instruments = metadata.instruments ?? Array(encoder.instruments.prefix(max(0, heads[1] / 3 - 1)))
    let written = metadata.entries[PolicyMetadata.encoderWidthKey] ?? "\(encoder.width)"
    guard written == "\(encoder.width)", frames[1] == encoder.width * AudioWindows.framesPerSecond, encoder.width > 0 else {
      throw PolicyError(
        .badCheckpoint,
        "\(path): its metadata say \(PolicyMetadata.encoderWidthKey) \(PolicyMetadata.shortened(written)), but projector.in.weight "
          + "has shape \(frames), \(AudioWindows.framesPerSecond) frames of the encoder's width a row. \(restoring)")
    }
    guard heads[1] == encoder.heads.count, Set(encoder.instruments).count == encoder.instruments.count else {
      throw PolicyError(
        .badCheckpoint,
        "\(path): its metadata name \(encoder.instruments.count) instruments, but projector.heads has shape \(heads), three "
          + "columns and three more an instrument, no two the same. \(restoring)")
    }
    return encoder
  }
}

extension PolicyFile {
  /// The whole file; throws where there is none.
  static func bytes(of path: String) throws(PolicyError) -> [UInt8] {
    _ = try size(of: path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PolicyError(.badCheckpoint, "\(path): cannot be read: look at its permissions")
    }
    return Array(data)
  }

  private static func outline(of path: String) throws(PolicyError) -> Safetensors.Outline {
    let size = try size(of: path)
    func unreadable(_ cause: any Error) -> PolicyError {
      PolicyError(.badCheckpoint, "\(path): is no policy's file that can be read", cause: cause)
    }
    do {
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw PolicyError(.badCheckpoint, "\(path): cannot be read: look at its permissions")
      }
      defer { try? handle.close() }
      let prefix = Array(try handle.read(upToCount: Safetensors.Outline.prefixLength) ?? Data())
      let length = try Safetensors.Outline.headerLength(prefix, byteCount: size)
      let header = Array(try handle.read(upToCount: length) ?? Data())
      return try Safetensors.Outline(header: header, dataCount: size - prefix.count - length)
    } catch let error as PolicyError {
      throw error
    } catch {
      throw unreadable(error)
    }
  }

  /// Bytes of a regular file: a pipe would be waited for.
  private static func size(of path: String) throws(PolicyError) -> Int {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let values = try? url.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]) else {
      throw PolicyError(.badCheckpoint, "\(path): there is no such file")
    }
    guard values.isRegularFile == true, let size = values.fileSize else {
      throw PolicyError(.badCheckpoint, "\(path): is no regular file: name the safetensors file of a policy")
    }
    return size
  }
}
