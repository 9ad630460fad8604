import ArgumentParser
import Listening

struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Ask one or see its file: takt policy show FILE",
    discussion: """
      What a policy answers about a track, what its file says of itself, files of earlier versions made to say it, and whether a policy in
      another process keeps what it promises.

      EXAMPLES
        takt policy ask song.flac "When does the piano first enter?"
        takt policy show runs/demo/policy.safetensors
        takt policy check -- python3 my_policy.py
        takt policy convert old.safetensors --encoder encoder.safetensors --output new.safetensors
        takt policy convert old.safetensors --shape '{times: clock}' --output new.safetensors
      """.manual,
    subcommands: [AskCommand.self, Show.self, Convert.self, PolicyCheckCommand.self], defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a file's shape, its encoder and the checksum of its content.")

    @Argument(help: "The policy's file.")
    var file: String

    func run() throws { print(try PolicyFiles.description(of: file)) }
  }

  struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a file of an earlier version anew with its shape among its metadata; its tensors stay the same bytes.",
      usage: "takt policy convert <file> --output <output> [<options>]")

    @Argument(help: "The policy's file.")
    var file: String

    @Option(help: "The options of `policy:` that it was trained with, as YAML; those left out have their defaults.")
    var shape = "{}"

    @Option(help: "The encoder that it heard through, for `takt policy ask` to find.")
    var encoder: String?

    @Option(help: "The file to write.")
    var output: String

    func run() throws {
      try PolicyFiles.convert(file, shape: shape, encoder: encoder, to: output)
      print(try PolicyFiles.description(of: output))
    }
  }
}
