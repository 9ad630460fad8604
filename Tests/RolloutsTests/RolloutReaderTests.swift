import Files
import Foundation
import Rollouts
import Testing

struct RolloutReaderTests {
  @Test func damageInTheMiddleIsAnErrorThatNamesTheOffsetOfItsRecord() async throws {
    try await withScratchFile { path in
      let store = try RolloutStore(path: path)
      try await store.append(records(steps: 0..<1, samples: 1))
      let start = try bytes(at: path).count
      try await store.append(records(steps: 1..<2, samples: 1))
      let end = try bytes(at: path).count
      try await store.append(records(steps: 2..<3))
      let whole = try bytes(at: path)
      for offset in start..<end {
        var damaged = whole
        damaged[offset] ^= 0x10
        try write(damaged, to: path)
        for read in [{ _ = try readAll(path) }, { _ = try RolloutStore(path: path, resumingAt: 3) }] {
          let error = #expect(throws: FileError.self) { try read() }
          #expect(error?.code == .damaged)
          #expect(error?.message.contains("at byte \(start) ") == true)
        }
        #expect(try bytes(at: path) == damaged)
      }
    }
  }

  @Test func aLastRecordWithWrongDataOrZerosIsTorn() async throws {
    try await withScratchFile { path in
      let store = try RolloutStore(path: path)
      try await store.append(records(steps: 0..<2))
      let intact = try bytes(at: path)
      try await store.append(records(steps: 2..<3, samples: 1))
      var whole = try bytes(at: path)
      whole[whole.count - 20] ^= 1
      try write(whole, to: path)
      #expect(try readAll(path) == records(steps: 0..<2))
      try write(intact + [UInt8](repeating: 0, count: 3_000_000), to: path)
      #expect(try readAll(path) == records(steps: 0..<2))
      try write(intact + [UInt8](repeating: 0, count: 3_000_000) + [1], to: path)
      #expect(throws: FileError.self) { try readAll(path) }
    }
  }

  @Test func recordsLargerThanTheBufferAreRead() async throws {
    try await withScratchFile { path in
      var large = records(steps: 0..<1, samples: 3)
      large[1].prompt = String(repeating: "when is it? ", count: 300_000)
      let store = try RolloutStore(path: path)
      try await store.append(large)
      #expect(try readAll(path) == large)
    }
  }

  /// A file of 2 steps × 2 questions × 3 completions that version 1 of the format wrote.
  @Test func aFileOfVersionOneIsReadAndGoesOn() async throws {
    let old = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/version-1.bin").path
    let stored = try readAll(old)
    #expect(stored.count == 12)
    #expect(stored.allSatisfy { $0.question.isEmpty })
    #expect(stored[9].prompt.hasPrefix("When is(are) the lowest arousal"))
    try await withScratchFile { path in
      try write(try bytes(at: old), to: path)
      let store = try RolloutStore(path: path, resumingAt: 1)
      try await store.append(records(steps: 1..<2))
      #expect(try readAll(path) == stored.filter { $0.step == 0 } + records(steps: 1..<2))
    }
  }

  @Test func recordsSayWhetherTheUpdateLearntFromThem() async throws {
    try await withScratchFile { path in
      var marked = records(steps: 0..<2)
      for index in marked.indices { marked[index].isLearnt = index % 3 != 0 }
      let store = try RolloutStore(path: path)
      try await store.append(marked)
      #expect(try readAll(path) == marked)
    }
  }

  /// Version 2 wrote the same records without the mark.
  @Test func aFileOfVersionTwoSaysNothingOfIt() async throws {
    try await withScratchFile { path in
      var unmarked = records(steps: 0..<1)
      for index in unmarked.indices { unmarked[index].isLearnt = nil }
      let store = try RolloutStore(path: path)
      try await store.append(unmarked)
      var old = try bytes(at: path)
      #expect(old[8] == 3)
      old[8] = 2
      try write(old, to: path)
      #expect(try readAll(path) == unmarked)
      let resumed = try RolloutStore(path: path, resumingAt: 1)
      try await resumed.append(records(steps: 1..<2))
      #expect(try readAll(path) == unmarked + records(steps: 1..<2))
    }
  }

  @Test func anotherFileIsNamedAsForeign() async throws {
    try await withScratchFile { path in
      for content in ["", "TAKT", "TAKTROLL\u{4}\0\0\0", "RIFFxxxxWAVEfmt and so on"] {
        try write(content.utf8, to: path)
        let error = #expect(throws: FileError.self) { try RolloutReader(path: path) }
        #expect(error?.code == .foreign)
      }
      try FileManager.default.removeItem(atPath: path)
      let error = #expect(throws: FileError.self) { try RolloutReader(path: path) }
      #expect(error?.code == .unreadable)
    }
  }
}
