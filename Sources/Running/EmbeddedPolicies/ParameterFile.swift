import Files
import Tensors

/// A safetensors file that a run or an export left.
package enum ParameterFile {
  /// What is wrong with it; `nil` where it can be read and its checksum, if it has one, is right.
  package static func damage(_ path: String) -> String? {
    guard let bytes = try? StoredFile.bytes(of: path) else { return "\(path): cannot be read" }
    guard !bytes.isEmpty else { return "\(path): is empty" }
    do {
      _ = try Safetensors(decoding: bytes)
      return nil
    } catch {
      return "\(path): \(error)"
    }
  }

  /// Whether Takt wrote it.
  package static func isOwn(_ path: String) -> Bool {
    let metadata = (try? StoredFile.bytes(of: path)).flatMap { try? Safetensors(decoding: $0).metadata } ?? [:]
    return ["format", "kind"].contains { metadata[$0]?.hasPrefix("takt ") == true }
  }
}
