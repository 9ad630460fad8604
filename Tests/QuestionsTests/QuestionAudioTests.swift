import Foundation
import Questions
import Testing
import Timelines

@Suite struct QuestionAudioTests {
  private func question(_ audio: String) throws -> Question {
    let line = #"{"id":"q","task":"own","kind":"instant","answers":[57.25],"audio":\#(audio)}"#
    return try JSONLines.decode(Question.self, from: Data(line.utf8))
  }

  @Test func anExcerptIsAPathWithTwoTimes() throws {
    let audio = RecordingExcerpt(path: "a/song.mp3", start: 12, end: 72.5)
    #expect(try question(#"{"path":"a/song.mp3","start":12,"end":"1:12.5","sampling_rate":44100}"#).audio == audio)
    #expect(audio.window == Interval(12, 72.5) && audio.duration == 60.5)
  }

  @Test func aPathAloneIsTheWholeFile() throws {
    #expect(try question(#""song.mp3""#).audio == RecordingExcerpt(path: "song.mp3"))
    #expect(try question(#"{"path":"song.mp3","bytes":null}"#).audio == RecordingExcerpt(path: "song.mp3"))
  }

  @Test(arguments: ["null", #"{"bytes":"UklG"}"#, #"{"path":null,"bytes":null}"#])
  func samplesWithoutAPathAreSteppedOver(audio: String) throws {
    #expect(try question(audio).audio == nil)
  }

  @Test(arguments: [
    (#"{"path":"a.wav","start":20,"end":20}"#, "an excerpt from 20.0 to 20.0 s: the end lies behind the start"),
    (#"{"path":"a.wav","start":-1}"#, "the start '-1.0' of an excerpt: write seconds in 0…86400.0, or M:SS"),
    (#"{"path":"a.wav","end":"soon"}"#, "the end 'soon' of an excerpt: write seconds in 0…86400.0, or M:SS"),
    (#"{"path":""}"#, "the path '' names no file"),
  ])
  func whatIsNoExcerptIsRefused(audio: String, message: String) {
    #expect { try question(audio) } throws: { "\($0)".contains(message) }
  }

  @Test func aQuestionWithoutSoundIsWrittenAsBefore() throws {
    let plain = try question("null")
    let written = try JSONEncoder().encode(plain)
    #expect(!String(decoding: written, as: UTF8.self).contains("audio"))
    var heard = plain
    heard.audio = RecordingExcerpt(path: "song.mp3", start: 3)
    #expect(try JSONDecoder().decode(Question.self, from: JSONEncoder().encode(heard)) == heard)
  }
}
