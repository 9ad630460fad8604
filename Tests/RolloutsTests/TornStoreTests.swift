import Foundation
import Rollouts
import Testing

struct TornStoreTests {
  @Test func aTornLastRecordIsCountedAndTheRestIsRead() async throws {
    try await withScratchFile { path in
      let store = try RolloutStore(path: path)
      try await store.append(records(steps: 0..<2))
      #expect(try RolloutStepSummary.survey(path: path).tornLength == 0)
      let whole = try bytes(at: path)
      try Data(whole.dropLast(3)).write(to: URL(fileURLWithPath: path))
      let survey = try RolloutStepSummary.survey(path: path)
      #expect(survey.steps.map(\.count) == [4, 3])
      #expect(survey.tornLength > 3)
    }
  }
}
