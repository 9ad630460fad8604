import Policies

/// What is sent: the number and name of the call, and its arguments beside them.
struct PolicyRequest<Arguments: Encodable>: Encodable {
  let id: Int
  let call: String
  let arguments: Arguments

  private enum Keys: String, CodingKey { case id, call }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(id, forKey: .id)
    try container.encode(call, forKey: .call)
    try arguments.encode(to: encoder)
  }
}

/// What comes back: the number of the call, and its result beside it or an error.
struct PolicyReply<Value: Decodable>: Decodable {
  struct Refusal: Decodable {
    let code: String
    let message: String
  }

  let id: Int
  let result: Result<Value, PolicyError>

  private enum Keys: String, CodingKey { case id, error }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    id = try container.decode(Int.self, forKey: .id)
    if let refusal = try container.decodeIfPresent(Refusal.self, forKey: .error) {
      result = .failure(PolicyError(Self.code(refusal.code), refusal.message))
    } else {
      result = .success(try Value(from: decoder))
    }
  }

  private static func code(_ name: String) -> PolicyError.Code {
    switch name {
    case "bad-prompt": .badPrompt
    case "bad-completion": .badCompletion
    case "bad-checkpoint": .badCheckpoint
    case "non-finite": .nonFinite
    default: .backendFailure
    }
  }
}

/// Arguments and results of the calls; keys are written in snake case.
enum PolicyCall {
  struct Nothing: Codable {}

  struct Hello: Encodable {
    /// The oldest version that is spoken here, as a process of that version expects.
    let `protocol`: Int
    let versions: [Int]
    let seed: UInt64
    /// The same for all connections of one run of the policy.
    let session: String
    let token: String?
  }
  struct Greeting: Decodable {
    let `protocol`: Int
    let name: String
    /// Version 1.
    let valueHead: Bool?
    /// Version 2.
    let instance: Int?
    let capabilities: Capabilities?
  }

  /// What a process of version 2 says of itself; what it leaves out is what most have.
  struct Capabilities: Decodable {
    let values: Bool?
    let entropies: Bool?
    let temperatures: String?
    let textOffsets: Bool?
    let supervised: Bool?
    let longestAudio: Double?
    let perturbedAudio: Bool?
    let checkpoint: String?
    let norm: Bool?
    let audio: Bool?
    let inFlight: Int?
    let nudge: Bool?
    let gradients: Bool?
  }

  struct Text: Encodable { let text: String }
  struct Tokens: Decodable { let tokens: [Token] }

  struct Sample<Prompt: Encodable>: Encodable {
    struct Request: Encodable {
      let prompt: Prompt
      let count: Int
      let seed: UInt64
    }
    let policy: Int
    let requests: [Request]
    let temperature: Float
    let topP: Float
    let maximumTokens: Int
  }
  struct Samples: Decodable {
    struct Item: Decodable {
      let tokens: [Token]
      let logProbabilities: PackedFloats
      let values: PackedFloats?
      let text: String
      let truncated: Bool
      let textOffsets: [Int]?
    }
    let completions: [[Item]]
  }

  struct Batch<Prompt: Encodable>: Encodable {
    let policy: Int
    let prompts: [Prompt]
    let completions: [[Token]]
    let promptIndices: [Int]
    let temperature: Float
    /// Whether `backward` follows.
    let keep: Bool
  }
  struct Numbers: Codable {
    let logProbabilities: PackedFloats
    let entropies: PackedFloats?
    let values: PackedFloats?
  }

  struct Apply: Encodable {
    let learningRate: Float
    let maximumNorm: Float
  }
  struct Applied: Decodable { let norm: Float? }

  struct Frozen: Decodable { let policy: Int }

  /// Bytes in base 64.
  struct State: Codable { let state: String }

  /// Where a checkpoint is to be written, or was.
  struct Folder: Encodable { let folder: String }

  /// How far to go down the gradient, without the optimiser.
  struct Nudge: Encodable { let step: Float }
}
