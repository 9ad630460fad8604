import ArgumentParser
import Experiments
import ExternalPolicy
import Files
import Foundation
import PolicyChecks

struct PolicyCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look at what a policy in another process promises, and say in words what it does not keep.",
    usage: "takt policy check [<options>] -- <command> ...",
    discussion: """
      Seeds that depend on the batch, tokens that are scored otherwise than they were sampled, gradients that are averages in place of
      sums, clipping, copies that move, checkpoints that lose the optimiser, recordings that are not listened to: one row a promise, with
      what was seen. Code 1 where one is not kept. docs/external-policy.md has the promises.

      EXAMPLES
        takt policy check -- python3 my_policy.py
        takt policy check --address tcp://gpu7:7000
        takt policy check --tolerance 0.1 --gradient-tolerance 0.05 -- torchrun --nproc-per-node 2 my_policy.py
      """.manual)

  @Argument(parsing: .postTerminator, help: "The program, looked for on the PATH, and its arguments, after --.")
  var command: [String] = []

  @Option(help: "Where it listens: unix:PATH or tcp://HOST:PORT; default its standard input and output.")
  var address: String?

  @Option(help: "File with the token that a tcp address asks for; default the variable TAKT_POLICY_TOKEN.")
  var tokenFile: String?

  @Option(help: "Seconds of silence that are put up with.")
  var timeout: Double = 120

  @Option(help: "Greatest difference, in nats, of two computations of one log-probability; 0.1 for bfloat16.")
  var tolerance: Double = 1e-4

  @Option(help: "Greatest relative difference of two computations of one gradient.")
  var gradientTolerance: Double = 1e-3

  @Option(help: "Learning rate of the steps that are taken to see what moves; the policy is left as it was.")
  var learningRate: Double = 1e-2

  @Option(help: "Tokens of a completion.")
  var maximumTokens: Int = 8

  @Option(help: "Seed of the policy and of what it samples.")
  var seed: Int = 7

  @Flag(help: "Show its standard error.")
  var errors = false

  func validate() throws {
    guard !command.isEmpty || address != nil else {
      throw ValidationError("give the command after --, or --address: takt policy check -- python3 my_policy.py")
    }
    if let address, PolicyAddress(address) == nil {
      throw ValidationError("--address is neither unix:PATH (at most 107 bytes) nor tcp://HOST:PORT: '\(address)'")
    }
    guard timeout > 0, tolerance > 0, gradientTolerance > 0, learningRate > 0, maximumTokens > 0, seed >= 0 else {
      throw ValidationError("--timeout, the tolerances, --learning-rate and --maximum-tokens are above 0, --seed at least 0")
    }
  }

  func run() async throws {
    var check = WorkerCheck()
    check.command = command
    check.address = address.flatMap { PolicyAddress($0) }
    check.token = try token
    check.timeout = timeout
    check.showsErrors = errors
    (check.tolerance, check.gradientTolerance, check.learningRate) = (tolerance, gradientTolerance, learningRate)
    (check.maximumTokens, check.seed) = (maximumTokens, UInt64(seed))
    let result = try await check.run { StandardStreams.say("\($0)\n") }
    print(result.text)
    guard result.isKept else { throw ExitCode(1) }
  }

  private var token: String? {
    get throws {
      guard let tokenFile else { return ProcessInfo.processInfo.environment["TAKT_POLICY_TOKEN"] }
      let text = String(decoding: try StoredFile.bytes(of: tokenFile), as: UTF8.self)
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
