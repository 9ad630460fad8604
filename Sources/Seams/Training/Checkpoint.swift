import Files
import Timelines

/// The state of a stage after so many steps.
package struct Checkpoint: Sendable, Hashable {
  package var stepsDone: Int
  package var state: [String: [UInt8]]

  package init(stepsDone: Int, state: [String: [UInt8]]) {
    self.stepsDone = stepsDone
    self.state = state
  }

  /// The checkpoint as bytes.
  ///
  /// `TAKTCKP1`, steps, number of parts, then for each part in order of name: name and bytes with their lengths; last a
  /// checksum of all before. Whole numbers are 64-bit little-endian.
  package func encoded() -> [UInt8] {
    var bytes = Self.magic
    Self.append(UInt64(stepsDone), to: &bytes)
    Self.append(UInt64(state.count), to: &bytes)
    for (name, part) in state.sorted(by: { $0.key < $1.key }) {
      Self.append(UInt64(name.utf8.count), to: &bytes)
      bytes += name.utf8
      Self.append(UInt64(part.count), to: &bytes)
      bytes += part
    }
    Self.append(Self.checksum(bytes[...]), to: &bytes)
    return bytes
  }

  /// Throws `.badCheckpoint` where the bytes are not whole.
  package init(decoding bytes: [UInt8]) throws(TrainingError) {
    guard bytes.count > Self.magic.count + 8, Array(bytes.prefix(Self.magic.count)) == Self.magic else {
      throw TrainingError(.badCheckpoint, "it does not begin like a checkpoint of a run")
    }
    let body = bytes[..<(bytes.count - 8)]
    var rest = bytes[(bytes.count - 8)...]
    guard Self.takeNumber(&rest) == Self.checksum(body) else {
      throw TrainingError(.badCheckpoint, "its checksum does not match: it was cut off or damaged")
    }
    rest = body.dropFirst(Self.magic.count)
    var parts: [String: [UInt8]] = [:]
    guard let steps = Self.takeNumber(&rest), let count = Self.takeNumber(&rest) else {
      throw TrainingError(.badCheckpoint, "it is too short")
    }
    guard let stepsDone = Int(exactly: steps), stepsDone <= InputLimit.count else {
      throw TrainingError(.badCheckpoint, "it says that \(steps) steps are done; at most \(InputLimit.count) can be")
    }
    // A part takes at least the 16 bytes of its lengths, so a wrong count ends here and not after 2⁶⁴ turns.
    guard count <= UInt64(rest.count / 16) else {
      throw TrainingError(.badCheckpoint, "it is too short for its \(count) parts")
    }
    for _ in 0..<count {
      guard let name = Self.takeBytes(&rest), let part = Self.takeBytes(&rest) else {
        throw TrainingError(.badCheckpoint, "it is too short")
      }
      guard let name = String(validating: name, as: UTF8.self), parts.updateValue(Array(part), forKey: name) == nil else {
        throw TrainingError(.badCheckpoint, "it holds two parts of one name, or one whose name is no UTF-8")
      }
    }
    guard rest.isEmpty else { throw TrainingError(.badCheckpoint, "\(rest.count) bytes follow its last part") }
    self.init(stepsDone: stepsDone, state: parts)
  }

  private static let magic = Array("TAKTCKP1".utf8)

  /// FNV-1a over 64-bit words, then over the bytes that are left.
  package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var checksum = WordChecksum()
    checksum.update(bytes)
    return checksum.value
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func takeNumber(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    guard rest.count >= 8 else { return nil }
    let number = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(8)
    return number
  }

  private static func takeBytes(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let count = takeNumber(&rest), count <= UInt64(rest.count) else { return nil }
    let part = rest.prefix(Int(count))
    rest = rest.dropFirst(Int(count))
    return part
  }
}
