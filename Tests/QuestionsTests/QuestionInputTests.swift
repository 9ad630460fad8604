import Foundation
import MusTBench
import Options
import Questions
import Testing
import Timelines

/// Questions as data sets hold them: numbers, pairs, texts of options, tables' ids; and what is beyond the limits.
struct QuestionInputTests {
  private func read(_ task: String, _ answers: String, _ rest: String = "") throws -> [Answer] {
    let line = #"{"id":"q1","task":"\#(task)","question":"?","answers":\#(answers),"duration":222\#(rest)}"#
    return try JSONLines.decode(Question.self, from: Data(line.utf8), forms: TaskCatalog.builtIn.forms).references
  }

  private func refusal(_ task: String, _ answers: String, _ rest: String = "") -> String {
    refusal(of: #"{"id":"q1","task":"\#(task)","question":"?","answers":\#(answers)\#(rest)}"#)
  }

  private func refusal(of line: String) -> String {
    let data = Data(line.utf8)
    do {
      return "read as \(try JSONLines.decode(Question.self, from: data, forms: TaskCatalog.builtIn.forms).references)"
    } catch {
      return JSONLines.message(for: error, in: data)
    }
  }

  @Test(arguments: ["[57.25]", "57.25", #"["57.25"]"#, #""0:57.25""#, #"["0:57.25"]"#])
  func instantsAsNumbers(answers: String) throws {
    #expect(try read("tsg", answers) == [.instant(57.25)])
  }

  @Test func severalInstantsAreAlternatives() throws {
    #expect(try read("tsg", "[57, 60.5]") == [.instant(57), .instant(60.5)])
  }

  @Test(arguments: ["[[57,72]]", "[57, 72]", "[57.0, 72.0]", #"["57-72"]"#, #""0:57-1:12""#, #"["[57.0, 72.0]"]"#])
  func oneIntervalAsNumbers(answers: String) throws {
    #expect(try read("mtr", answers) == [.intervals([Interval(57, 72)])])
  }

  @Test func severalIntervalsAsNumbers() throws {
    let first = Interval(57, 72)
    let second = Interval(130, 145.5)
    #expect(try read("mtr", "[[57,72],[130,145.5]]") == [.intervals([first]), .intervals([second])])
    #expect(try read("mtr", "[[[57,72],[130,145.5]]]") == [.intervals([first, second])])
    #expect(try read("mtr", "[[]]") == [.intervals([])])
  }

  @Test func textsOfOptionsStandForTheirLetters() throws {
    let choices = #","choices":["the piano enters","the piano stops","drums enter","drums stop"]"#
    #expect(try read("ltr", #"["The piano  stops."]"#, choices) == [.choice(1)])
    #expect(try read("ltr", #""drums stop""#, choices) == [.choice(3)])
    #expect(try read("ltr", #"["B"]"#, choices) == [.choice(1)])
    #expect(try read("gto", #"["XZY"]"#) == [.choice(1)])
    #expect(try read("gto", #""ZYX""#) == [.choice(5)])
  }

  @Test func ordersOfItemsAsLists() throws {
    let items = #","kind":"order","items":["drums","piano","bass"]"#
    #expect(try read("gto", #"[["bass","drums","piano"]]"#, items) == [.order([2, 0, 1])])
    #expect(try read("gto", #"["bass,drums,piano"]"#, items) == [.order([2, 0, 1])])
  }

  @Test(arguments: [
    ("tsg", "[[57,72]]", "'[57.0, 72.0]', which is no instant answer (an interval); write a time as M:SS"),
    ("tsg", "-3", "question q1 has the answer at -3.0 s: times lie in 0…86400.0 s"),
    ("tsg", "1e300", "question q1 has the answer at 1e+300 s: times lie in 0…86400.0 s"),
    ("tsg", "[true]", "an answer is text, a number or a list of these"),
    ("tsg", "[null]", "an answer is text, a number or a list of these at 'answers[0]'"),
    ("tsg", "\"500000000\"", "question q1 has an answer at 500000000.0 s; a track lasts at most 86400.0 s, a day"),
    ("mtr", "[[72,57]]", "question q1 has the answer 72.0–57.0 s, which is reversed: the end lies before the start"),
    ("mtr", "[57]", "or pairs of seconds, [[57, 72], [130, 145]]"),
    ("mtr", "[[57,72,80]]", "(a list that is no pair of start and end)"),
    ("gto", "[\"drums first\"]", "for an order of items of your own add \"kind\": \"order\" and 'items'"),
    ("ltr", "2", "'2.0', which is no choice answer (a number); write a letter from A to D"),
    ("tad", "7", "(a number); write any text"),
    ("[[[[1]]]]", "[[[[1]]]]", "an answer is text, a number or a list of these"),
  ])
  func refusalsNameValueAndRemedy(task: String, answers: String, message: String) {
    let text = refusal(task, answers)
    #expect(text.contains(message), "\(text)")
  }

  @Test func missingTaskAndKindAreSaidInWords() {
    #expect(
      refusal(of: #"{"id":"q1","answers":["0:57"]}"#).hasPrefix(
        "question q1 has no 'task': add tsg, ltr, tad, gto or mtr, or a name of your own together with 'kind'"))
    #expect(
      refusal(of: #"{"id":"q1","task":"grounding","answers":["0:57"]}"#)
        == "question q1 has no 'kind', and the task 'grounding' does not tell it; "
        + "add one of instant, intervals, choice, order, text")
    #expect(refusal("own", "[\"a\"]", #","kind":"order""#).contains("name what is put in order in 'items'"))
  }

  @Test func idsAndDurationsAsTablesHoldThem() throws {
    let line = #"{"id":12,"track_id":7,"task":"tsg","answers":[57],"duration":"180","category":null}"#
    let question = try JSONLines.decode(Question.self, from: Data(line.utf8), forms: TaskCatalog.builtIn.forms)
    #expect(question.id == "12" && question.trackID == "7" && question.duration == 180 && question.category == "")
    #expect(refusal("tsg", "[57]", #","duration":"3 min""#).contains("the duration '3 min' is no length"))
    #expect(refusal("tsg", "[57]", #","duration":null"#) == "read as [Questions.Answer.instant(57.0)]")
  }

  @Test(arguments: ["1000000000", "1e300", "86400.1", "0", "-5"]) func endlessTracksAreRefused(duration: String) {
    #expect(
      refusal("tsg", #"["0:57"]"#, ",\"duration\":\(duration)").contains(
        "s: a track is longer than 0 s and lasts at most 86400.0 s, a day at 'duration'"))
  }

  @Test(arguments: [#""a\tb""#, #""a\nb""#, #""""#, #""\u0000""#, "1.5", "true", "[1]"]) func idsThatBreakLinesAreRefused(
    id: String
  ) {
    #expect(refusal(of: #"{"id":\#(id),"task":"tsg","answers":["0:57"]}"#).contains("'id'"))
    #expect(refusal(of: #"{"id":"a","track_id":\#(id),"task":"tsg","answers":["0:57"]}"#).contains("'track_id'"))
  }

  @Test func listsAreBounded() {
    let many = (0...1000).map { "\($0 % 60)" }.joined(separator: ",")
    #expect(refusal("tsg", "[\(many)]").contains("question q1 has 1001 answers; at most 1000 are allowed"))
    let pairs = (0...1000).map { "[\($0 % 60),\($0 % 60 + 1)]" }.joined(separator: ",")
    #expect(refusal("mtr", "[[\(pairs)]]").contains("question q1 has answers of 1001 intervals; at most 1000 are allowed"))
    let items = (0...100).map { "\"i\($0)\"" }.joined(separator: ",")
    #expect(
      refusal("gto", #"["i1"]"#, ",\"items\":[\(items)]").contains("question q1 has 101 'items'; at most 100 are allowed"))
    #expect(
      refusal("ltr", #"["A"]"#, ",\"choices\":[\(items)]").contains("question q1 has 101 'choices'; at most 26 are allowed"))
    let id = String(repeating: "x", count: 1001)
    #expect(refusal(of: #"{"id":"\#(id)","task":"tsg","answers":["0:57"]}"#).contains("has 1001 bytes; at most 1000"))
  }
}
