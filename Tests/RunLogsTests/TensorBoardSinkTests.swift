import Foundation
import RunLogs
import Testing

struct TensorBoardSinkTests {
  /// The checksum is one that TensorBoard 2.21 accepts when it reads the file.
  @Test func theFileBeginsWithItsVersion() async throws {
    try await withScratchDirectory { directory in
      _ = try TensorBoardSink(directory: directory, now: { 1 })
      let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: directory + "/" + TensorBoardSink.fileName)))
      #expect(bytes.prefix(8).elementsEqual([24, 0, 0, 0, 0, 0, 0, 0]))
      #expect(bytes[8..<12].elementsEqual([0xA3, 0x7F, 0x4B, 0x22]))
      #expect(bytes[12..<36].elementsEqual([9, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 26, 13] + Array("brain.Event:2".utf8)))
      #expect(bytes.count == 40)
    }
  }

  @Test func aTornRecordIsCutAtAnyByteAndAForeignFileIsStartedAnew() async throws {
    try await withScratchDirectory { directory in
      let url = URL(fileURLWithPath: directory + "/" + TensorBoardSink.fileName)
      let sink = try TensorBoardSink(directory: directory, now: { 1 })
      try await sink.record(RunEvent(kind: .step, step: 0, totalSteps: 2, scalars: ["reward/mean": 0.5]))
      let intact = try Data(contentsOf: url)
      try await sink.record(RunEvent(kind: .step, step: 1, totalSteps: 2, scalars: ["reward/mean": 0.75]))
      let whole = try Data(contentsOf: url)
      for length in intact.count..<whole.count {
        try whole.prefix(length).write(to: url)
        _ = try TensorBoardSink(directory: directory, resumingAt: 1, now: { 1 })
        #expect(try Data(contentsOf: url).starts(with: intact))
        #expect(try Data(contentsOf: url).count == intact.count + 16 + 15)
      }
    }
  }
}
