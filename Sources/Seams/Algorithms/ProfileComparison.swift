package import Options

/// In what two profiles differ, and what comes out different for one batch of rollouts.
package struct ProfileComparison: Sendable {
  /// A choice in which they differ, as an experiment file would write it.
  package struct Choice: Sendable, Hashable {
    package var name: String
    package var left: String
    package var right: String
  }

  /// What an algorithm makes of one completion, under either profile.
  package struct Figures: Sendable, Hashable {
    /// The mean over its tokens of A.
    package var advantage: Double
    /// w of each of its tokens, with the batch as one minibatch.
    package var tokenWeight: Double
    /// Σ_t w·A_t: how hard the first update pulls at it, since at ratio 1 the gradient by log π_t is −w·A_t.
    package var pull: Double
  }

  package struct Completion: Sendable, Hashable {
    package var group: Int
    package var member: Int
    package var left: Figures
    package var right: Figures

    package var differs: Bool { left != right }
  }

  package let left: Profile
  package let right: Profile

  package init(_ left: Profile, _ right: Profile) {
    self.left = left
    self.right = right
  }

  /// The choices in which they differ for GRPO, in the order of an update.
  package var choices: [Choice] { choices(for: GRPO.name) }

  /// The choices in which they differ for an algorithm of the catalogue.
  ///
  /// First the defaults of the options that it reads, by their paths, then choices that act on it and that no option has; empty where no
  /// algorithm has that name.
  package func choices(for algorithm: String) -> [Choice] {
    let (ours, theirs) = (Self.defaults(algorithm, left), Self.defaults(algorithm, right))
    return ours.compactMap { name, value in
      guard name != "profile", let other = theirs.first(where: { $0.name == name })?.value, other != value else { return nil }
      return Choice(name: name, left: value, right: other)
    } + Self.hidden(algorithm, left, ours, right, theirs)
  }

  /// What the algorithm reads under a profile where no one gives an option, in the order of reading.
  private static func defaults(_ algorithm: String, _ profile: Profile) -> [(name: String, value: String)] {
    guard AlgorithmCatalog.builtIn[algorithm] != nil else { return [] }
    var reader = reader(algorithm, profile)
    _ = AlgorithmCatalog.builtIn.make(options: &reader)
    func leaves(_ value: OptionValue, _ path: String) -> [(name: String, value: String)] {
      switch value.content {
      case .map(let entries): entries.flatMap { leaves($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)") }
      case .text(let text): [(path, text)]
      default: [(path, value.kind)]
      }
    }
    return leaves(reader.resolvedValue, "")
  }

  private static func hidden(
    _ algorithm: String, _ left: Profile, _ ours: [(name: String, value: String)], _ right: Profile,
    _ theirs: [(name: String, value: String)]
  ) -> [Choice] {
    func has(_ name: String, _ value: String) -> Bool { (ours + theirs).contains { $0.name == name && $0.value == value } }
    let (a, b) = (left.choices(for: algorithm), right.choices(for: algorithm))
    let whitens =
      [REINFORCE.name, ReinforcePlusPlus.name].contains(algorithm) || has("whitening-unit", "tokens") || has("whiten", "batch")
      || has("whiten", "minibatch")
    let limits = { (choices: ProfileChoices) in choices.limitsSmallRatios ? "below 1 too" : "above 1 alone" }
    let rows = [
      (
        has("aggregation", "sequence-mean"), "length-slack", OptionValue.written(a.lengthSlack),
        OptionValue.written(b.lengthSlack)
      ),
      (ours.contains { $0.name == "dual-clip" }, "ratios that log-ratio-limit holds", limits(a), limits(b)),
      (whitens, "whitening", a.whitening.description, b.whitening.description),
    ]
    return rows.compactMap { $0 && $2 != $3 ? Choice(name: $1, left: $2, right: $3) : nil }
  }

  private static func reader(_ algorithm: String, _ profile: Profile) -> OptionReader {
    let entries = [("algorithm", algorithm), ("profile", profile.rawValue)]
    return OptionReader(
      OptionValue(.map(entries.map { OptionEntry(key: $0.0, value: OptionValue(.text($0.1))) })), path: "algorithms")
  }

  /// What `algorithm` makes of every completion of the batch under both; options other than the profile are the defaults.
  ///
  /// Throws where no algorithm has that name. A penalty in the reward counts where the batch holds reference log-probabilities.
  package func completions(of batch: EstimatorBatch, algorithm: String = "grpo") throws(OptionError) -> [Completion] {
    let ours = try Self.figures(batch, algorithm, left)
    let theirs = try Self.figures(batch, algorithm, right)
    var completions: [Completion] = []
    var index = 0
    for (group, members) in batch.groups.enumerated() {
      for member in members.indices {
        completions.append(Completion(group: group, member: member, left: ours[index], right: theirs[index]))
        index += 1
      }
    }
    return completions
  }

  private static func figures(_ batch: EstimatorBatch, _ name: String, _ profile: Profile) throws(OptionError) -> [Figures] {
    var reader = reader(name, profile)
    let made = AlgorithmCatalog.builtIn.make(options: &reader)
    try reader.finish()
    guard let algorithm = made else { throw OptionError(reader.issues) }
    let lengths = batch.groups.flatMap { algorithm.selection.countedLengths($0) }
    let weights = algorithm.aggregation.tokenWeights(
      sequenceLengths: lengths, of: BatchExtent(tokens: lengths.reduce(0, +), minibatches: 1))
    return zip(algorithm.advantage.estimates(for: batch).joined(), weights).map { credit, weight in
      let sum = credit.advantages.reduce(0, +)
      return Figures(
        advantage: credit.advantages.isEmpty ? 0 : sum / Double(credit.advantages.count), tokenWeight: weight,
        pull: weight * sum)
    }
  }
}
