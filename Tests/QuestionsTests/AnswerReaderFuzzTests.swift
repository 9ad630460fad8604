import Questions
import Randomness
import Testing
import Timelines

/// Whatever a model writes, reading it ends, soon, in a reading that keeps its promises.
struct AnswerReaderFuzzTests {
  private static let forms = [
    AnswerForm(kind: .instant), AnswerForm(kind: .intervals), AnswerForm(kind: .choice, choiceCount: 4),
    AnswerForm(kind: .order, items: ["1", "2", "3"]), AnswerForm(kind: .order, items: ["piano enters", "drums"]),
    AnswerForm(kind: .order), AnswerForm(kind: .choice), AnswerForm(kind: .text),
  ]

  @Test func randomBytesAreReadWithoutHarm() {
    let stream = RandomStream(seed: 21)
    for trial in 0..<3_000 {
      var random = stream.derived(trial)
      let bytes = (0..<random.integer(in: 0...60)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      for form in Self.forms { check(AnswerReader(form).read(utf8: bytes.span), form, bytes) }
    }
  }

  @Test func mutatedAnswersAreReadWithoutHarm() throws {
    let seeds = try GoldenAnswer.files()[0].map { Array($0.text.utf8) }
    let stream = RandomStream(seed: 22)
    for trial in 0..<6_000 {
      var random = stream.derived(trial)
      var bytes = seeds[random.integer(in: 0...(seeds.count - 1))]
      for _ in 0..<random.integer(in: 1...6) { mutate(&bytes, seeds: seeds, &random) }
      for form in Self.forms { check(AnswerReader(form).read(utf8: bytes.span), form, bytes) }
    }
  }

  @Test func aStringAndItsBytesAreReadAlike() throws {
    for golden in try GoldenAnswer.files()[0] {
      let bytes = Array(golden.text.utf8)
      #expect(AnswerReader(golden.form).read(golden.text) == AnswerReader(golden.form).read(utf8: bytes.span))
    }
  }

  /// Each pattern repeated to a megabyte.
  ///
  /// The limit is a hundred times what a release build takes for most.
  @Test func hostileTextsAreReadInLinearTime() {
    let patterns = [
      "<", "< ", "<answer>", "<answer><answer", "</answer>", "<think>", "<think></think>", "<answer>0:57</answer>", "1", "1:",
      "1 ", "0:57 ", "0:57-", "0:57-1:12, ", "[", "[1,", "(1)", "1.", "1e9", "a ", "a", "answer ", "answer 0:57 ", "not ",
      "to ",
      "：", "分", "\u{200B}", "\u{FF}", "1 m ", "1'", "<a_1>", "A ", "A, ", "2, ", "piano ", "piano enters", "-", "- ", "\n", ".",
      "<ANSWER>", "or ", "between 1 and ", "start 1 end ", "1/", "1m", "{", "\"", "'", "9 ms ", "no such ",
    ]
    let megabyte = isOptimized ? 1_000_000 : 20_000
    for pattern in patterns {
      var bytes: [UInt8] = []
      while bytes.count < megabyte { bytes += Array(pattern.utf8) }
      for form in Self.forms {
        let time = ContinuousClock().measure { check(AnswerReader(form).read(utf8: bytes.span), form, []) }
        #expect(time < .seconds(1), "\(pattern) as \(form.kind): \(time)")
      }
    }
  }

  private var isOptimized: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  private func mutate(_ bytes: inout [UInt8], seeds: [[UInt8]], _ random: inout RandomStream) {
    let position = random.integer(in: 0...bytes.count)
    switch random.integer(in: 0...4) {
    case 0: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: position)
    case 1: if position < bytes.count { bytes.remove(at: position) }
    case 2: bytes.removeSubrange(position...)
    case 3: bytes.insert(contentsOf: seeds[random.integer(in: 0...(seeds.count - 1))], at: position)
    default:
      bytes.insert(contentsOf: Array("0123456789:-,.<>[](){} \n\"'to".utf8).shuffled(using: &random).prefix(3), at: position)
    }
  }

  /// What holds of every reading.
  private func check(_ reading: Reading, _ form: AnswerForm, _ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    #expect((reading.outcome == .answered) == (reading.answer != nil), "\(text)")
    guard let answer = reading.answer else { return }
    #expect(answer.kind == form.kind, "\(text)")
    switch answer {
    case .instant(let seconds): #expect(seconds >= 0 && seconds < 1e9, "\(text)")
    case .intervals(let intervals):
      #expect(!intervals.isEmpty && intervals.allSatisfy { $0.start >= 0 && $0.end < 1e9 && $0.start <= $0.end }, "\(text)")
    case .choice(let index): #expect((0..<form.choiceCount).contains(index), "\(text)")
    case .order(let order): #expect(order.sorted() == Array(form.items.indices) && !order.isEmpty, "\(text)")
    case .text: break
    }
    if reading.isStrict { #expect(AnswerReader(form).read(AnswerWriter(form).write(answer)) == reading, "\(text)") }
  }
}
