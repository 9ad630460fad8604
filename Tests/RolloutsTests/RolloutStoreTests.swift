import Files
import Foundation
import Rollouts
import Testing

struct RolloutStoreTests {
  @Test func everyRecordReadsBackExactly() async throws {
    try await withScratchFile { path in
      let store = try RolloutStore(path: path)
      for step in 0..<5 { try await store.append(records(steps: step..<step + 1)) }
      #expect(try readAll(path) == records(steps: 0..<5))
      #expect(try RolloutReader.records(path: path, ofStep: 3) == records(steps: 3..<4))
      #expect(try RolloutReader.records(path: path, ofStep: 9).isEmpty)
    }
  }

  @Test func aTornTailIsCutAtEveryByteAndTheStoreGoesOn() async throws {
    try await withScratchFile { path in
      let store = try RolloutStore(path: path)
      try await store.append(records(steps: 0..<1))
      let intact = try bytes(at: path)
      try await store.append(records(steps: 1..<2, samples: 2))
      let whole = try bytes(at: path)
      for length in intact.count...whole.count {
        try write(whole.prefix(length), to: path)
        let survivors = try readAll(path)
        #expect(survivors.starts(with: records(steps: 0..<1)))
        let resumed = try RolloutStore(path: path, resumingAt: 1)
        #expect(try bytes(at: path) == intact)
        try await resumed.append(records(steps: 1..<2, samples: 2))
        #expect(try bytes(at: path) == whole)
      }
    }
  }

  @Test func aTornHeaderIsStartedAnew() async throws {
    try await withScratchFile { path in
      _ = try RolloutStore(path: path)
      let header = try bytes(at: path)
      for length in 0..<header.count {
        try write(header.prefix(length), to: path)
        let store = try RolloutStore(path: path, resumingAt: 2)
        try await store.append(records(steps: 2..<3))
        #expect(try readAll(path) == records(steps: 2..<3))
      }
    }
  }

  @Test func resumingDropsTheStepAndAllLaterOnes() async throws {
    try await withScratchFile { path in
      let store = try RolloutStore(path: path)
      try await store.append(records(steps: 0..<6))
      for step in [6, 4, 1, 0] {
        _ = try RolloutStore(path: path, resumingAt: step)
        #expect(try readAll(path) == records(steps: 0..<step))
      }
    }
  }

  @Test func aFullDiskAndAMissingFolderAreErrors() async throws {
    let error = #expect(throws: FileError.self) { try RolloutStore(path: "/nonexistent/rollouts") }
    #expect(error?.code == .unwritable)
    #expect(error?.description.contains("/nonexistent/rollouts") == true)
  }
}
