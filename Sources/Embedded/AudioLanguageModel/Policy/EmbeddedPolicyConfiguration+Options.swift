package import Options
import Policies

extension EmbeddedPolicyConfiguration {
  /// The options of a new policy: its shape and how it is trained.
  package init(options: inout OptionReader) {
    self.init()
    model = AudioLanguageModelConfiguration(options: &options)
    readTraining(from: &options)
  }

  /// The options of a policy that starts from a file: what may change there, over a shape that is the file's.
  ///
  /// The file's own values are the defaults of how prompts are laid out, of the value head and of low-rank updates. An option of the network
  /// is an issue at its key that says both values. A file of an earlier version does not say its shape: the options of its network and
  /// prompts then stand under `shape`.
  ///
  /// A lenient reader that has every option of the network reads what a run was made with by a version whose started policies repeated the
  /// shape: nothing is refused then, and the shape is taken from there where the file does not say it.
  ///
  /// - Parameter file: `nil` where it cannot be read, which somebody else reports.
  package init(options: inout OptionReader, startingFrom file: PolicyFile?) {
    self.init()
    let isPast = options.isLenient && model.network.allSatisfy { options.contains($0.key) }
    model = Self.shape(of: file, from: &options, isPast: isPast)
    model.readPromptLayout(from: &options)
    model.readAdditions(from: &options)
    readTraining(from: &options)
  }

  private static func shape(
    of file: PolicyFile?, from options: inout OptionReader, isPast: Bool
  ) -> AudioLanguageModelConfiguration {
    let key = "shape"
    var model = file?.shape ?? AudioLanguageModelConfiguration()
    let isSaid = file?.shape != nil
    if let file, isSaid, options.contains(key), !isPast {
      options.record("must be left out: \(file.path) says its shape itself", at: key)
      _ = options.raw(key)
    }
    let isGiven = options.contains(key)
    if !isSaid {
      model = options.section(key) { AudioLanguageModelConfiguration(shapeOptions: &$0) }
    }
    if isPast, !isSaid, !isGiven {
      model.readNetwork(from: &options)
    } else {
      refuseShape(in: &options, of: file, model, isPast: isPast)
    }
    guard let file, !isSaid, !isPast else { return model }
    do throws(PolicyError) {
      model = try file.model(given: isGiven ? model : nil)
    } catch {
      options.record(
        isGiven ? error.message : "\(error.message). Say it here: \(key): {times: clock, maximum-seconds: 602, …}", at: key)
    }
    return model
  }

  /// Records an issue for each option of the network that is given where the file decides.
  private static func refuseShape(
    in options: inout OptionReader, of file: PolicyFile?, _ model: AudioLanguageModelConfiguration, isPast: Bool
  ) {
    for entry in model.network where options.contains(entry.key) {
      guard let value = options.raw(entry.key), !isPast else { continue }
      let given = PolicyMetadata.text(of: value)
      let known = file.map { file in
        file.shape == nil
          ? "\(file.path) does not say its own, which is given under shape"
          : "\(file.path) has \(PolicyMetadata.text(of: entry.value)), \(given) is given here"
      }
      options.record(
        "is not for this run to choose\(known.map { ": \($0)" } ?? ""). The shape of a started policy is that of its file: leave the key out",
        at: entry.key, line: value.line)
    }
  }

  /// How the policy is trained.
  private mutating func readTraining(from options: inout OptionReader) {
    let names = options.words(
      "freeze", default: [], of: Part.allCases.map(\.rawValue), help: "parts that updates leave alone")
    frozenParts = Set(names.compactMap(Part.init))
    optimizerKind = options.choice(
      "optimizer", default: optimizerKind,
      help: "what moves the matrices between embeddings and answers: muon orthogonalises, adamw does not; the rest is adamw's")
    beta1 = options.number("beta1", default: beta1, in: 0...0.9999, help: "AdamW's β₁")
    beta2 = options.number("beta2", default: beta2, in: 0...0.99999, help: "AdamW's β₂")
    epsilon = options.number("epsilon", default: epsilon, in: 1e-12...0.1, help: "AdamW's ε")
    weightDecay = options.number("weight-decay", default: weightDecay, in: 0...1, help: "λ of either optimiser")
    tracksPerShard = options.integer(
      "tracks-per-shard", default: tracksPerShard, in: 1...1024, help: "tracks that one thread works on at a time")
    let present = Part.allCases.filter { part in
      switch part {
      case .adapter: model.adapterRank > 0
      case .decoder: model.adapterRank == 0
      case .value: model.hasValueHead
      case .projector, .embedding: true
      }
    }
    if frozenParts.isSuperset(of: present) {
      options.record("freezes every part that there is, so nothing can learn: leave one out", at: "freeze")
    }
  }
}
