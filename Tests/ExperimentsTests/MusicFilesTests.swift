import Foundation
import Music
import Testing

@testable import CommandTexts
@testable import Listening

/// `takt tracks inspect` on timelines.
struct MusicFilesTests {
  private static let guide = #"""
    {"track_id": "song", "duration": 222.4, "audio": "song.flac",
     "lanes": [{"label": "piano", "intervals": [[0, 57.2], [80, 222.4]]}],
     "sections": [{"start": 0, "end": 57.2, "label": "verse", "intensity": 0.25},
                  {"start": 57.2, "end": 222.4, "label": "chorus", "intensity": 1}]}
    """#

  @Test func theGuidesTimelineIsDrawn() throws {
    let scratch = try Scratch()
    let text = try MusicFiles.inspect(try scratch.file("song.json", Self.guide))
    #expect(text.hasPrefix("song: 222.4 s, 1 instruments, 2 sections\n"))
    #expect(text.contains("intensity ▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃████"))
    #expect(text.contains("0:00") && text.contains("3:42\n"))
    #expect(try MusicFiles.inspect(try scratch.file("song.json", Self.guide), asJSON: true).contains("\"trackID\""))
  }

  @Test func whatComposeWritesIsDrawn() throws {
    let scratch = try Scratch()
    try MusicFiles.compose(seed: 3, indices: 0..<1, folder: scratch.folder) { _ in }
    #expect(try MusicFiles.inspect(scratch.folder + "/composed-3-0.json").hasPrefix("composed-3-0: "))
  }

  @Test(arguments: [
    (
      "\"intensity\": 1}", "\"intensity\": 7}",
      "is no timeline: track 'song': the section 57.2–222.4 s has the intensity 7.0; allowed is 0…1"
    ),
    ("\"intensity\": 1}", "\"intensity\": -0.2}", "has the intensity -0.2; allowed is 0…1"),
    (
      "222.4, \"audio\"", "1e300, \"audio\"",
      "is no timeline: the duration 1e+300 s: a track is longer than 0 s and lasts at most"
    ),
    ("\"track_id\"", "\"name\"", "is no timeline: the key 'track_id' is missing"),
    (
      "[0, 57.2]", "[57.2, 0]",
      "'piano' has the reversed interval 57.2–0.0 s: the end lies before the start at 'lanes[0].intervals[0]'"
    ),
    ("[0, 57.2]", "[0, \"x\"]", "a number expected at 'lanes[0].intervals[0][1]', not the text 'x'"),
  ])
  func theRestIsRefusedInWords(part: String, change: String, expected: String) throws {
    let scratch = try Scratch()
    let path = try scratch.file("song.json", Self.guide.replacing(part, with: change))
    let text = message { _ = try MusicFiles.inspect(path) }
    #expect(text.hasPrefix("\(path): ") && text.contains(expected) && !text.contains("DecodingError"), "\(text)")
  }
}
