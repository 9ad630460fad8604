import AudioLanguageModel
import Options
import Testing

@Suite("EmbeddedPolicyConfiguration")
struct EmbeddedPolicyConfigurationTests {
  func read(_ entries: [(String, OptionValue.Content)]) throws -> EmbeddedPolicyConfiguration {
    var reader = OptionReader(
      OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) })), path: "policy")
    let configuration = EmbeddedPolicyConfiguration(options: &reader)
    try reader.finish()
    return configuration
  }

  @Test("an empty map gives the defaults")
  func defaults() throws {
    #expect(try read([]) == EmbeddedPolicyConfiguration())
  }

  @Test("options reach the model and the optimiser")
  func options() throws {
    let configuration = try read([
      ("width", .number(64)), ("value-head", .flag(true)), ("freeze", .list([OptionValue(.text("projector"))])),
      ("words", .list([OptionValue(.text("tuba"))])), ("beta2", .number(0.95)),
    ])
    #expect(configuration.model.width == 64)
    #expect(configuration.model.hasValueHead)
    #expect(configuration.frozenParts == [.projector])
    #expect(configuration.model.additionalWords == ["tuba"])
    #expect(configuration.beta2 == 0.95)
  }

  @Test("what does not fit together is an issue at its key")
  func issues() {
    func path(_ entries: [(String, OptionValue.Content)]) -> String? {
      #expect(throws: OptionError.self) { try read(entries) }?.issues.first?.path
    }
    #expect(path([("width", .number(66))]) == "policy.width")
    #expect(path([("words", .list([OptionValue(.text("two words"))]))]) == "policy.words")
    let parts = ["projector", "embedding", "decoder"].map { OptionValue(.text($0)) }
    #expect(path([("freeze", .list(parts))]) == "policy.freeze")
    #expect(path([("freeze", .list([OptionValue(.text("encoder"))]))]) == "policy.freeze")
    #expect(path([("heads", .number(0))]) == "policy.heads")
  }
}
