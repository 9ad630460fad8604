import AudioLanguageModel
import Policies
import Randomness
import Testing

@Suite("Vocabulary")
struct VocabularyTests {
  let vocabulary = Vocabulary()

  @Test("every text has one token and every second of the range its own")
  func tokensAreUnique() {
    #expect(Set(vocabulary.texts).count == vocabulary.count)
    #expect(vocabulary.token(ofWord: "<begin>") == Vocabulary.begin)
    #expect(vocabulary.token(ofWord: "<end>") == Vocabulary.end)
    for second in 0..<64 {
      let token = vocabulary.token(ofSecond: second)
      #expect(token.flatMap { vocabulary.second(of: $0) } == second)
    }
    #expect(vocabulary.token(ofSecond: 64) == nil)
    #expect(vocabulary.token(ofSecond: -1) == nil)
    #expect(vocabulary.second(of: Vocabulary.end) == nil)
  }

  @Test(
    "the questions of the benchmark are known",
    arguments: [
      "When does the piano first start to play?", "When does the drums finally stop playing?",
      "When is(are) the highest arousal duration(s) in this audio?",
      "When is(are) the lowest arousal duration(s) in this audio?", "What best describes the musical change at 0:33?",
      "Describe the musical change at 0:33.",
      "What best describes the musical change at 0:33? the strings leave (A), the piano enters (B), the intensity falls (C)",
      "Which option is the correct chronological order? the bass leaves (X), the drums enter (Y); X Y (A), Y X (B)",
    ])
  func knowsQuestions(question: String) throws {
    let tokens = try vocabulary.encode(question, orThrow: .badPrompt)
    let again = try vocabulary.encode(vocabulary.decode(tokens), orThrow: .badPrompt)
    #expect(tokens == again)
    #expect(vocabulary.decode(tokens) == question.prefix(1).lowercased() + question.dropFirst())
  }

  @Test(
    "answers in strict form come back as they were",
    arguments: [
      "0:35", "0:00", "1:03", "0:57-1:02", "0:07-0:12, 0:30-1:00", "A", "the piano enters C",
      "the drums enter, the bass leaves and the intensity rises.", "none",
      "",
    ])
  func answersAreKept(answer: String) throws {
    #expect(vocabulary.decode(try vocabulary.encode(answer, orThrow: .badCompletion)) == answer)
  }

  @Test("an interval is two times, whatever dash and blanks stand between them")
  func dashesAreImplied() throws {
    let expected = [7, 12].compactMap { vocabulary.token(ofSecond: $0) }
    for text in ["0:07-0:12", "0:07–0:12", "0:07 - 0:12", "0:07 -0:12", "0:07.4-0:11.5"] {
      #expect(try vocabulary.encode(text, orThrow: .badCompletion) == expected, "\(text)")
    }
  }

  @Test("text of any tokens encodes to the same tokens")
  func encodingInvertsDecoding() throws {
    var random = RandomStream(seed: 5)
    for _ in 0..<2000 {
      let tokens = (0..<random.integer(in: 1...8)).map { _ in Token(random.integer(in: 2...vocabulary.count - 1)) }
      let text = vocabulary.decode(tokens)
      #expect(try vocabulary.encode(text, orThrow: .badCompletion) == tokens, "\(text)")
    }
  }

  @Test("decoding stops at the end token")
  func decodingStops() throws {
    let tokens = try vocabulary.encode("0:35", orThrow: .badCompletion)
    #expect(vocabulary.decode(tokens + [Vocabulary.end] + tokens) == "0:35")
  }

  @Test(
    "what cannot be written is refused by name",
    arguments: [
      ("When does the tuba first start to play?", "'tuba'"), ("1:04", "1:04"), ("0:75", "'0:75'"), ("-0:05", "dash"),
      ("0:05-", "dash"), ("piano-bass", "dash"), ("0:05--0:07", "dash"), ("0:05-piano", "'piano'"), ("0:5", "'0:5'"),
    ])
  func refusesUnknown(text: String, named: String) {
    let error = #expect(throws: PolicyError.self) { try vocabulary.encode(text, orThrow: .badPrompt) }
    #expect(error?.code == .badPrompt)
    #expect(error?.message.contains(named) == true, "\(error?.message ?? "")")
  }

  @Test("additional words come after the built-in ones and before the times")
  func additionalWords() throws {
    let larger = Vocabulary(maximumSeconds: 90, additionalWords: ["tuba", "piano"])
    #expect(larger.count == vocabulary.count + 1 + 26)
    #expect(larger.token(ofWord: "piano") == vocabulary.token(ofWord: "piano"))
    #expect(larger.decode(try larger.encode("tuba 1:29", orThrow: .badPrompt)) == "tuba 1:29")
  }
}
