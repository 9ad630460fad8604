import Foundation
package import Policies

extension PolicyFile {
  /// Where the encoder that the policy heard through may lie: beside the policy, or where it lay when the policy was trained.
  package var encoderCandidates: [String] {
    guard let heardThrough else { return [] }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let beside = folder.appendingPathComponent(EncoderReference.name(of: heardThrough.file)).path(percentEncoded: false)
    return [beside, heardThrough.file]
  }

  /// The encoder that the policy heard through, or the one in a file that is named, with the file's path.
  ///
  /// One that is not named must have the checksum that the policy's file says; one that is named needs its width and instruments only.
  /// Throws `.badCheckpoint`.
  package func openEncoder(_ named: String? = nil) throws(PolicyError) -> (encoder: MusicEncoder, path: String) {
    if let named { return (try checked(named), named) }
    guard let heardThrough else {
      throw PolicyError(.badCheckpoint, "\(path): does not say which encoder it heard through: name its file with --encoder")
    }
    guard let found = encoderCandidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw PolicyError(
        .badCheckpoint,
        "\(path): heard through the encoder \(PolicyMetadata.shortened(heardThrough.file)), and there is no "
          + "\(encoderCandidates.map { PolicyMetadata.shortened($0) }.joined(separator: " and no ")): put it beside the policy or name it with --encoder"
      )
    }
    let encoder = try checked(found)
    guard encoder.checksum == heardThrough.checksum else {
      throw PolicyError(
        .badCheckpoint,
        "\(found): is another encoder (checksum \(encoder.checksum)) than \(path) heard through "
          + "(\(PolicyMetadata.shortened(heardThrough.checksum))): put that one beside the policy, or name this one with --encoder to use it"
      )
    }
    return (encoder, found)
  }

  private func checked(_ file: String) throws(PolicyError) -> MusicEncoder {
    let heard: MusicEncoder
    do {
      heard = try MusicEncoder(decoding: Self.bytes(of: file))
    } catch let error as PolicyError {
      throw error
    } catch {
      throw PolicyError(.badCheckpoint, "\(file): is no music encoder", cause: error)
    }
    let (own, other) = (encoder, heard.configuration)
    guard own.width == other.width, own.instruments == other.instruments else {
      throw PolicyError(
        .badCheckpoint,
        "\(file): has width \(other.width) and listens for \(other.instruments.joined(separator: ", ")), but \(path) hears width "
          + "\(own.width) and \(own.instruments.joined(separator: ", ")): name the encoder that it was trained with")
    }
    return heard
  }
}
