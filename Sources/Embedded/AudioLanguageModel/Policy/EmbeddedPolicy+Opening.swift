import Options
package import Policies
import Tensors
import Work

extension EmbeddedPolicy {
  /// A policy from its file alone: its shape, its vocabulary and what it hears are the file's.
  ///
  /// Throws `.badCheckpoint` for a file that is no policy's, is damaged, or contradicts itself.
  ///
  /// - Parameter shape: of a file of an earlier version, which does not say it; a file that says its own needs none.
  package static func open(
    _ path: String, shape: AudioLanguageModelConfiguration? = nil, threads: Int = availableThreads
  ) async throws(PolicyError) -> EmbeddedPolicy {
    let file = try PolicyFile(path: path)
    var configuration = EmbeddedPolicyConfiguration()
    configuration.model = try file.model(given: shape)
    let policy = EmbeddedPolicy(
      configuration, encoder: file.encoder, heardThrough: file.heardThrough, seed: 0, threads: threads)
    try await policy.load(try PolicyFile.bytes(of: path), from: path)
    return policy
  }
}

extension PolicyFile {
  /// What the file says of itself, option by option, and the checksum of its content; reads the whole file.
  package func lines() throws(PolicyError) -> [(name: String, value: String)] {
    var lines = (shape?.entries ?? []).map { (name: $0.key, value: PolicyMetadata.text(of: $0.value)) }
    if shape == nil { lines.append(("shape", "not said by this file of an earlier version; \(seen)")) }
    lines.append((PolicyMetadata.encoderFileKey, heardThrough.map { "\($0.file), \($0.checksum)" } ?? "not said"))
    lines.append((PolicyMetadata.encoderWidthKey, "\(encoder.width)"))
    lines.append((PolicyMetadata.instrumentsKey, encoder.instruments.joined(separator: ", ")))
    let content = try content()
    lines.append(("tensors", "\(content.entries.count), of \(content.entries.reduce(0) { $0 + $1.tensor.count }) numbers"))
    lines.append(("tensors' checksum", Safetensors(content.entries).checksum))
    return lines
  }

  /// The whole file, every tensor of which must be read.
  private func content() throws(PolicyError) -> Safetensors {
    do {
      let content = try Safetensors(decoding: Self.bytes(of: path))
      guard content.unread.isEmpty else {
        throw PolicyError(.badCheckpoint, "\(path): holds tensors that are not read here: \(content.unread.keys.sorted())")
      }
      return content
    } catch let error as PolicyError {
      throw error
    } catch {
      throw PolicyError(.badCheckpoint, "\(path): is no intact safetensors file", cause: error)
    }
  }

  /// The bytes of a policy's file of an earlier version with the shape that it was trained with among its metadata; tensors stay the same
  /// bytes in the same order.
  ///
  /// Throws where the tensors have another shape, and where the file says another itself.
  package static func converted(
    _ path: String, shape: AudioLanguageModelConfiguration?, encoder: EncoderReference? = nil
  ) throws(PolicyError) -> [UInt8] {
    let file = try PolicyFile(path: path)
    let model = try file.model(given: shape)
    var content = try file.content()
    let entries = PolicyMetadata(
      model, vocabulary: vocabulary(of: model, encoder: file.encoder), encoder: file.encoder,
      heardThrough: encoder ?? file.heardThrough
    ).entries
    content.metadata.merge(entries) { $1 }
    return content.summed().encoded()
  }
}
