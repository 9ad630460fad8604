import Files
import Foundation
import MusTBench
import Testing
import Timelines

@testable import Questions

/// What is read off a tape is what Foundation's decoder reads, and what it refuses is refused in the same words.
struct TapeReadableTests {
  private static let forms = TaskCatalog.builtIn.forms

  private static let lines = [
    #"{"id":"q1","track_id":"t1","family":"f","task":"tsg","category":"onset","question":"When?","answers":["0:57"],"duration":222.4}"#,
    #"{"id": 7, "task": "MTR", "answers": [[57, 72.5], [130, 145]], "duration": "3:42"}"#,
    #"{"id":"a/b","task":"mtr","answers":[57.25,72],"duration":100,"kind":"intervals","more":{"x":[1,{"y":null}]}}"#,
    #"{"id":"ü \u00e9 🎵","task":"own","kind":"choice","choices":["a","b","c"],"answers":["b"],"question":"line\nbreak"}"#,
    #"{"id":"o","task":"own","kind":"order","items":["X","Y","Z"],"answers":[["Y","X","Z"]],"duration":null}"#,
    #"{"id":"r","task":"tsg","qa_type":"Offset","category":null,"answer":"1:02","answers":null}"#,
    #"{"id":"n","task":"tsg","answers":[0.0,0,1e1],"duration":1e2}"#,
    #"{"id":"t","task":"mtr","answers":["none"],"duration":180}"#,
  ]

  private static func slow(_ line: [UInt8]) -> String {
    do {
      return "\(try JSONLines.decode(Question.self, from: Data(line), forms: forms))"
    } catch {
      return "refused: \(JSONLines.message(for: error, in: Data(line)))"
    }
  }

  private static func fast(_ line: [UInt8], _ reader: TapeReader) -> String {
    (line + [UInt8](repeating: 0x37, count: 64)).withUnsafeBufferPointer { bytes in
      switch reader.result(Question.self, from: UnsafeBufferPointer(rebasing: bytes[..<line.count])) {
      case .success(let question): "\(question)"
      case .failure(let refusal): "refused: \(refusal)"
      }
    }
  }

  @Test(arguments: lines) func usualLinesNeedNoDecoder(line: String) throws {
    let bytes = Array(line.utf8) + [UInt8](repeating: 0, count: 64)
    let question = bytes.withUnsafeBufferPointer { bytes in
      JSONTape().read(UnsafeBufferPointer(rebasing: bytes[..<line.utf8.count])) { try? Question(tape: $0, forms: Self.forms) }
    }
    #expect(question.map { "\($0)" } == Self.slow(Array(line.utf8)))
  }

  @Test(arguments: [
    #"{"id":"q","id":"p","task":"tsg","answers":["0:57"]}"#, #"{"id":"q","task":"tsg","answers":[NaN]}"#,
    #"{"id":"q","task":"tsg","answers":[-0]}"#, #"{"id":"q","task":"tsg","answers":[1e-400]}"#,
    #"{"id":"q","task":"tsg","answers":[[[[[1]]]]]}"#, #"{"id":"q\ud83d","task":"tsg","answers":["0:57"]}"#,
    #"{"id":"","task":"tsg","answers":["0:57"]}"#, #"{"id":"a\tb","task":"tsg","answers":["0:57"]}"#,
    #"{"id":"q","task":"tsg","answers":["0:57"],}"#, #"{"id":1.0,"task":"tsg","answers":["0:57"]}"#,
    #"{"id":"q","task":"tsg","answers":[]}"#, #"{"id":"q","answers":["0:57"]}"#, #"{"id":"q","task":"x","answers":["0:57"]}"#,
    #"{"id":"q","task":"tsg","answers":["0:57"],"duration":-1}"#, #"{"id":"q","task":"tsg","answers":["0:57"],"duration":1e9}"#,
    #"{"id":"q","task":"tsg","answers":[true]}"#, #"{"id":"q","task":"tsg","answers":["0:57",null]}"#, "[]", "7", "{", "{}",
    #"{"id":"q","task":"tsg","answers":["0:57"]} {}"#, #"{"id":"q","task":"tsg","answers":["0:57"],"kind":"Instant"}"#,
    #"{"id":"q","task":"mtr","answers":[[5,1]]}"#, #"{"id":123456789012345678901,"task":"tsg","answers":["0:57"]}"#,
  ])
  func oddLinesAreTheDecoders(line: String) {
    let reader = TapeReader(forms: Self.forms)
    #expect(Self.fast(Array(line.utf8), reader) == Self.slow(Array(line.utf8)))
  }

  @Test func changedLinesAreReadAlike() {
    var stream = SystemRandomNumberGenerator()
    let reader = TapeReader(forms: Self.forms)
    let pieces = [
      "\"", ",", ":", "{", "}", "[", "]", "0", "-", "e", ".", "\\", "null", "true", "\\u00", "\\ud8", "-0", "1e-999", " ",
    ]
    for _ in 0..<6000 {
      var line = Array(Self.lines.randomElement(using: &stream)!.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &stream) {
        let place = Int.random(in: 0..<line.count, using: &stream)
        switch Int.random(in: 0..<5, using: &stream) {
        case 0: line[place] = UInt8.random(in: 0...255, using: &stream)
        case 1: line.remove(at: place)
        case 2: line.insert(contentsOf: Array(pieces.randomElement(using: &stream)!.utf8), at: place)
        case 3:
          let end = min(line.count, place + Int.random(in: 1...30, using: &stream))
          line.insert(contentsOf: line[place..<end], at: Int.random(in: 0..<line.count, using: &stream))
        default: line.removeLast(min(line.count - 1, Int.random(in: 1...20, using: &stream)))
        }
      }
      let (fast, slow) = (Self.fast(line, reader), Self.slow(line))
      #expect(fast == slow, "\(String(decoding: line, as: UTF8.self))")
    }
  }

  private struct Wrapped: Decodable {
    var completion: CompletionText
  }

  @Test(arguments: [
    #""text""#, "null", "[]", #"["a",null,"b"]"#, #"{"text":"a"}"#, #"{"content":null}"#, #"{"role":"user"}"#, "7", #"[7]"#,
    #"[{"role":"user","content":"no"},{"role":"assistant","content":[{"type":"text","text":"a"},"b",{"type":"image"}]}]"#,
    #"[{"role":"assistant","content":{"text":"a"}}]"#, #"[{"text":1}]"#, #"[[["a"]]]"#, #"{"text":"a","text":"b"}"#, "{}",
    #"[{"role":null,"text":null,"content":[null]}]"#,
  ])
  func completionsAreReadAlike(json: String) {
    let bytes = Array(json.utf8) + [UInt8](repeating: 0, count: 64)
    let fast = bytes.withUnsafeBufferPointer { bytes in
      JSONTape().read(UnsafeBufferPointer(rebasing: bytes[..<json.utf8.count])) { CompletionText(tape: $0)?.text }
    }
    let slow = try? JSONLines.decode(Wrapped.self, from: Data("{\"completion\":\(json)}".utf8)).completion.text
    #expect(fast == nil || fast == slow, "\(json)")
    #expect(fast != nil || slow == nil || json.contains("\"b\"}") || json.contains("[[["), "\(json) needs the decoder")
  }
}
