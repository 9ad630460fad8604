import Foundation
import MusTBench
import Options
import Questions
import Testing
import Timelines

struct QuestionCodingTests {
  private let questions = [
    Question(
      id: "t/tsg/onset/piano", trackID: "t", task: "tsg", category: "onset", text: "When?", kind: .instant,
      references: [.instant(57), .instant(60)], duration: 222.5),
    Question(
      id: "t/mtr/highest", trackID: "t", task: "mtr", category: "highest", text: "When is(are) it?", kind: .intervals,
      references: [.intervals([Interval(57, 72), Interval(130, 145)])], duration: 222.5),
    Question(
      id: "t/ltr/1", trackID: "t", task: "ltr", text: "Which \"change\"?", kind: .choice,
      choices: ["drums enter", "b", "c", "d"],
      references: [.choice(2)], duration: 10),
    Question(
      id: "t/order", trackID: "t", task: "own", text: "In which order?", kind: .order, items: ["X", "Y", "Z"],
      references: [.order([2, 0, 1])], duration: .infinity),
    Question(
      id: "t/tad/1", trackID: "t", task: "tad", text: "What changes at 1:07?", kind: .text,
      references: [.text("The drums enter; häufig.")], duration: 10),
  ]

  @Test func encodingAndDecodingIsTheIdentity() throws {
    for question in questions {
      let data = try JSONEncoder().encode(question)
      #expect(try JSONDecoder().decode(Question.self, from: data) == question)
    }
  }

  @Test func theJSONHasOneCanonicalForm() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let texts = try questions[0...1].map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    #expect(
      texts == [
        #"{"answers":["0:57","1:00"],"category":"onset","duration":222.5,"id":"t/tsg/onset/piano","kind":"instant","#
          + #""question":"When?","task":"tsg","track_id":"t"}"#,
        #"{"answers":["0:57-1:12, 2:10-2:25"],"category":"highest","duration":222.5,"id":"t/mtr/highest","#
          + #""kind":"intervals","question":"When is(are) it?","task":"mtr","track_id":"t"}"#,
      ])
  }

  private func decode(_ text: String) throws -> Question {
    let decoder = JSONDecoder()
    decoder.userInfo = TaskCatalog.builtIn.forms.userInfo
    return try decoder.decode(Question.self, from: Data(text.utf8))
  }

  @Test func readsMusTBenchsColumns() throws {
    let tsg = try decode(
      #"{"id":"1","track_id":"9","task":"TSG","category":"vocal","qa_type":"first_appearance","#
        + #""question":"When does the vocal first start to play?","answer":"2:00","answers":null,"split":"test"}"#)
    #expect(tsg.kind == .instant && tsg.task == "tsg" && tsg.category == "onset" && tsg.references == [.instant(120)])
    #expect(tsg.duration == .infinity)
    let mtr = try decode(
      #"{"id":"2","track_id":"9","task":"MTR","question":"When?","answer":"0:57–1:12","#
        + #""answers":["0:57–1:12","2:10–2:25"],"split":"test"}"#)
    #expect(mtr.references == [.intervals([Interval(57, 72)]), .intervals([Interval(130, 145)])])
    let gto = try decode(#"{"id":"3","track_id":"9","task":"GTO","question":"Which?","answer":"F","split":"test"}"#)
    #expect(gto.references == [.choice(5)] && gto.choices.count == 6)
  }

  @Test(arguments: [
    (#"{"id":"1","track_id":"9","task":"TSG","question":"When?","answer":"1:75"}"#, "1:75"),
    (#"{"id":"1","track_id":"9","task":"GTO","question":"Which?","answer":"G"}"#, "A to F"),
    (#"{"id":"1","track_id":"9","task":"odd","question":"Which?","answer":"G"}"#, "kind"),
    (#"{"id":"1","track_id":"9","task":"TSG","question":"When?","answers":[]}"#, "no answer"),
    (#"{"id":"1","track_id":"9","task":"TSG","question":"When?","answers":["1:00"],"duration":-3}"#, "-3"),
  ])
  func saysWhatIsWrong(text: String, expected: String) {
    do {
      _ = try decode(text)
      Issue.record("accepted \(text)")
    } catch DecodingError.dataCorrupted(let context) {
      #expect(context.debugDescription.contains(expected), "\(context.debugDescription)")
    } catch {
      Issue.record("\(error)")
    }
  }
}
