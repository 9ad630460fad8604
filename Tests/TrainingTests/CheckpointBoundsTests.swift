import Files
import Foundation
import Testing

@testable import Training

/// Checkpoints whose checksum is right and whose content is not.
struct CheckpointBoundsTests {
  private func little(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

  private func sealed(_ body: [UInt8]) -> [UInt8] {
    let bytes = Array("TAKTCKP1".utf8) + body
    return bytes + little(Checkpoint.checksum(bytes[...]))
  }

  private func part(_ name: String) -> [UInt8] { little(UInt64(name.utf8.count)) + Array(name.utf8) + little(0) }

  @Test func numbersOfWhateverSizeAreRefusedAndNeverTrap() {
    let bodies: [[UInt8]] = [
      little(1 << 63) + little(0), little(.max) + little(0), little(1_000_000_001) + little(0), little(1) + little(.max),
      little(1) + little(1) + little(.max), little(1) + little(1) + little(1 << 63) + [1], little(1) + little(0) + [7],
      little(1) + little(2) + part("a") + part("a"), little(1) + little(1) + little(1) + [0xFF] + little(0),
    ]
    for body in bodies {
      #expect { try Checkpoint(decoding: sealed(body)) } throws: { ($0 as? TrainingError)?.code == .badCheckpoint }
    }
    #expect(throws: Never.self) { try Checkpoint(decoding: sealed(little(1_000_000_000) + little(1) + part("a"))) }
  }

  @Test func aChecksumOfPiecesIsThatOfTheWhole() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 167) }
    for size in [1, 3, 7, 8, 9, 64, 999, 1000] {
      var checksum = WordChecksum()
      for start in stride(from: 0, to: bytes.count, by: size) { checksum.update(bytes[start..<min(start + size, bytes.count)]) }
      #expect(checksum.value == Checkpoint.checksum(bytes[...]))
    }
    // By hand: FNV-1a's offset basis with a length of 0.
    #expect(Checkpoint.checksum([]) == 0xCBF2_9CE4_8422_2325)
  }
}
