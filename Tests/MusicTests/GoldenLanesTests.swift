import Foundation
import Music
import Testing
import Timelines

/// Lanes of ten short pieces against those from pretty_midi's notes (`make_golden.py`).
@Suite struct GoldenLanesTests {
  private struct Line: Decodable {
    var file: String
    var duration: Double
    var lanes: [String: [[Double]]]
  }

  @Test func lanesAreThoseOfPrettyMIDI() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let lines = try String(contentsOf: folder.appending(path: "lanes.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 10)
    var stretches = 0
    for line in lines {
      let golden = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: golden.file)))
      let timeline = try MIDIScore(MIDIFile(parsing: bytes, path: golden.file), path: golden.file).timeline(id: "x")
      #expect(abs(timeline.duration - golden.duration) < 2e-3, "\(golden.file)")
      #expect(Set(timeline.lanes.map(\.label)) == Set(golden.lanes.keys), "\(golden.file)")
      for lane in timeline.lanes {
        let expected = golden.lanes[lane.label] ?? []
        #expect(lane.intervals.count == expected.count, "\(golden.file) \(lane.label)")
        for (one, other) in zip(lane.intervals, expected) {
          #expect(abs(one.start - other[0]) < 2e-3 && abs(one.end - other[1]) < 2e-3, "\(golden.file) \(lane.label)")
          stretches += 1
        }
      }
    }
    #expect(stretches > 100)
  }
}
