import TemporalMetrics
import Testing

struct EventTimesTests {
  private func code(_ times: [Double]) -> AnnotationError.Code? {
    do {
      _ = try EventTimes(times)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func refusesWhatCannotBeMeasured() {
    #expect(code([1, 1, 2]) == nil)
    #expect(code([-1, 0]) == nil)
    #expect(code([2, 1]) == .unordered)
    #expect(code([1, .nan]) == .notFinite)
    #expect(code([.infinity]) == .notFinite)
    #expect(code([1, 30_000.5]) == .tooLate)
  }

  @Test func theMessageNamesPlaceValueAndRemedy() {
    #expect(throws: AnnotationError.self) { try EventTimes([1, 3, 2]) }
    do {
      _ = try EventTimes([1, 3, 2])
    } catch {
      #expect(error.message == "event 2 at 2.0 s comes after one at 3.0 s; sort the events by time")
    }
  }

  @Test func sortingKeepsDuplicatesAndDropsTheRest() {
    #expect(EventTimes(sorting: [3, .nan, 1, 1, 1e9]).times == [1, 1, 3])
    #expect(EventTimes(sorting: [3, 5, 7]).trimmed().times == [5, 7])
  }
}
