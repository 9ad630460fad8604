package import Policies

/// What a policy in another process said of itself when it was greeted.
package struct WorkerCapabilities: Sendable, Hashable {
  /// How it leaves its state.
  package enum Checkpoint: String, Sendable, Hashable {
    /// As files in a folder that Takt names.
    case folder
    /// As one text in base 64.
    case bytes
  }

  package var values = false
  package var policy = PolicyCapabilities()
  /// Whether it wants the recordings of tracks.
  package var audio = false
  /// Seconds of a recording that it hears at most; `nil` where it says no limit.
  package var longestAudio: Double?
  /// Whether it answers with the recording shuffled or silent where the prompt says `perturb`.
  package var perturbedAudio = false
  package var checkpoint = Checkpoint.bytes
  /// Requests that it takes before the first is answered.
  package var inFlight = 1
  /// Whether it can go down its gradient without the optimiser, which shows the gradient's scale.
  package var nudge = false
  /// Whether it can be trained; where not, it answers and nothing else.
  package var gradients = true

  /// Of version 1 of the messages.
  init(valueHead: Bool) {
    values = valueHead
    policy.textOffsets = false
  }

  /// Of version 2; says in words what is wrong.
  init(_ said: PolicyCall.Capabilities?) throws(AnswerText.Complaint) {
    values = said?.values ?? false
    policy.entropies = said?.entropies ?? true
    policy.textOffsets = said?.textOffsets ?? false
    policy.supervised = said?.supervised ?? true
    policy.norm = said?.norm ?? true
    guard let temperatures = PolicyCapabilities.Temperatures(rawValue: said?.temperatures ?? "any") else {
      throw AnswerText.Complaint("capabilities.temperatures is neither 'any' nor 'one'")
    }
    policy.temperatures = temperatures
    guard let checkpoint = Checkpoint(rawValue: said?.checkpoint ?? "bytes") else {
      throw AnswerText.Complaint("capabilities.checkpoint is neither 'folder' nor 'bytes'")
    }
    self.checkpoint = checkpoint
    audio = said?.audio ?? false
    longestAudio = said?.longestAudio
    guard longestAudio ?? 1 > 0 else {
      throw AnswerText.Complaint("capabilities.longest_audio is not above 0: leave it out where there is no limit")
    }
    perturbedAudio = said?.perturbedAudio ?? false
    inFlight = said?.inFlight ?? 1
    guard (1...1024).contains(inFlight) else { throw AnswerText.Complaint("capabilities.in_flight is not in 1…1024") }
    nudge = said?.nudge ?? false
    gradients = said?.gradients ?? true
  }
}
