import Policies
import Tensors
import Testing

@testable import AudioLanguageModel

@Suite("times of minutes and seconds")
struct ClockTimesTests {
  static let model = AudioTextTransformer(
    SyntheticTracks.tinyConfiguration(isAmple: true).model, encoder: SyntheticTracks.encoder, seed: 5)

  @Test("the embedding of 2:07 is that of minute 2 plus that of second 7")
  func sums() throws {
    let model = Self.model
    let table = model.embeddingTable(on: Tape(parameters: model.parameters, recordsGradients: false)).value
    let clock = try #require(model.ids.clock)
    let (minutes, seconds) = (model.parameters[clock.minutes], model.parameters[clock.seconds])
    #expect(table.rows == model.vocabulary.count && minutes.rows == 3 && seconds.rows == 60)
    for second in [0, 7, 59, 60, 127, 129] {
      let row = table.row(Int(try #require(model.vocabulary.token(ofSecond: second))))
      let sum = zip(minutes.row(second / 60), seconds.row(second % 60)).map { $0 + $1 }
      #expect(Array(row) == sum, "\(second)")
    }
  }

  @Test("a lesson about a track that starts later moves the times of question and answer, and keeps them in range")
  func moves() throws {
    let policy = SyntheticTracks.tinyPolicy(isAmple: true)
    var tracks = SyntheticTracks(seed: 8)
    let audio = tracks.audio("a", seconds: 9)
    let question = "What best describes the musical change at 0:07?"
    let prompt = try policy.prompt(audio, question: question, firstSecond: 115)
    #expect(prompt.firstSecond == 115)
    #expect(policy.vocabulary.decode(prompt.question.dropLast()) == "what best describes the musical change at 2:02?")
    #expect(policy.vocabulary.decode(try policy.tokens(for: "0:01-0:08", firstSecond: 115)) == "1:56-2:03")
    #expect(throws: PolicyError.self) { try policy.tokens(for: "0:20", firstSecond: 115) }
    #expect(try policy.tokens(for: "0:05") == policy.tokens(for: "0:05", firstSecond: 0))
  }

  @Test("the times of a question stand again before the answer where that is wanted")
  func repeats() throws {
    var configuration = SyntheticTracks.tinyConfiguration(isAmple: true)
    configuration.model.repeatsTimes = true
    let policy = EmbeddedPolicy(configuration, encoder: SyntheticTracks.encoder, seed: 3)
    var tracks = SyntheticTracks(seed: 8)
    let audio = tracks.audio("a", seconds: 9)
    let asked = try policy.prompt(audio, question: "Describe the musical change at 0:07.", firstSecond: 60).question
    #expect(policy.vocabulary.decode(asked.dropLast()) == "describe the musical change at 1:07. 1:07")
    let other = try policy.prompt(audio, question: "When does the piano first start to play?").question
    #expect(policy.vocabulary.decode(other.dropLast()) == "when does the piano first start to play?")
  }

  @Test("a track placed later is another prompt, and one that reaches past the last second is refused")
  func places() async throws {
    let policy = SyntheticTracks.tinyPolicy(isAmple: true)
    var tracks = SyntheticTracks(seed: 8)
    let audio = tracks.audio("a", seconds: 9)
    let prompts = try [0, 60, 119].map { try policy.prompt(audio, question: "Describe by instrument", firstSecond: $0) }
    let answer = try policy.tokens(for: "piano")
    let batch = TokenBatch(prompts: prompts, completions: [answer, answer, answer], promptIndices: [0, 1, 2])
    let outputs = try await policy.outputs(for: batch, temperature: 1)
    #expect(Set(outputs.logProbabilities.prefix(6)).count == 6)
    let late = TokenBatch(
      prompts: [try policy.prompt(audio, question: "Describe by instrument", firstSecond: 125)], completions: [answer],
      promptIndices: [0])
    await #expect(throws: PolicyError.self) { try await policy.outputs(for: late, temperature: 1) }
  }
}
