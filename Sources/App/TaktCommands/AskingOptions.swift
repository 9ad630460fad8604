import ArgumentParser
import AskedPolicies
import Experiments
import ExternalPolicy
import Files
import Foundation

/// Where a policy in another process is, and how it is asked.
struct AskingOptions: ParsableArguments {
  @Argument(parsing: .postTerminator, help: "The policy's program, looked for on the PATH, and its arguments, after --.")
  var command: [String] = []

  @Option(help: "Where the policy listens: unix:PATH or tcp://HOST:PORT; default its standard input and output.")
  var address: String?

  @Option(help: "File with the token that a tcp address asks for; default the variable TAKT_POLICY_TOKEN.")
  var tokenFile: String?

  @Option(help: "Seconds of silence that are put up with.")
  var timeout: Double = 600

  @Option(help: "Questions that are asked before their answers are written.")
  var batch: Int = 16

  @Option(help: "Tokens after which an answer is cut off.")
  var maximumTokens: Int = 256

  @Option(help: "Temperature of the sampling; 0 takes the likeliest token each time.")
  var temperature: Double = 0

  @Option(help: "Share of the likeliest tokens that is sampled from.")
  var topP: Double = 1

  @Option(help: "Seed of the policy and of what it samples.")
  var seed: Int = 0

  @Option(help: "Where recordings lie; default the folder of the questions.")
  var audioFolder: String = ""

  @Flag(name: .customLong("wav"), help: "Decode each excerpt and hand it over as WAV of 16 kHz, whatever its format is.")
  var asWave = false

  @Flag(help: "Leave out questions that the policy refuses, and count them, instead of stopping at the first.")
  var skipRefused = false

  /// Whether there is a policy to ask.
  var isUsed: Bool { !command.isEmpty || address != nil }

  /// An option that was given without a policy; `nil` where none was.
  var stray: String? {
    let given = [
      ("--token-file", tokenFile != nil), ("--audio-folder", !audioFolder.isEmpty), ("--wav", asWave),
      ("--skip-refused", skipRefused), ("--temperature", temperature != 0), ("--batch", batch != 16),
      ("--maximum-tokens", maximumTokens != 256), ("--top-p", topP != 1), ("--seed", seed != 0), ("--timeout", timeout != 600),
    ]
    return given.first(where: \.1)?.0
  }

  /// The command as it was given.
  var shown: String { command.isEmpty ? "COMMAND" : command.joined(separator: " ") }

  func validate() throws {
    if let address, PolicyAddress(address) == nil {
      throw ValidationError("--address is neither unix:PATH (at most 107 bytes) nor tcp://HOST:PORT: '\(address)'")
    }
    guard timeout > 0, timeout <= 86_400, (1...4096).contains(batch), (1...65_536).contains(maximumTokens), seed >= 0 else {
      throw ValidationError("--timeout is in 0…86400, --batch in 1…4096, --maximum-tokens in 1…65536, --seed at least 0")
    }
    guard temperature >= 0, temperature <= 10, topP > 0, topP <= 1 else {
      throw ValidationError("--temperature is in 0…10, --top-p above 0 and at most 1")
    }
  }

  func interview(showsErrors: Bool) throws -> PolicyInterview {
    var interview = PolicyInterview()
    interview.command = command
    interview.address = address.flatMap { PolicyAddress($0) }
    interview.token = try token
    (interview.timeout, interview.batch, interview.showsErrors) = (timeout, batch, showsErrors)
    interview.sample(temperature: temperature, topP: topP, maximumTokens: maximumTokens)
    (interview.seed, interview.audioFolder, interview.asWave) = (UInt64(seed), audioFolder, asWave)
    interview.skipsRefused = skipRefused
    return interview
  }

  private var token: String? {
    get throws {
      guard let tokenFile else { return ProcessInfo.processInfo.environment["TAKT_POLICY_TOKEN"] }
      let text = String(decoding: try StoredFile.bytes(of: tokenFile), as: UTF8.self)
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
