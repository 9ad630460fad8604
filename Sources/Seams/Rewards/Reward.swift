public import Options

/// What every reward is: a name, a documentation, options and a range.
///
/// How it scores, one of three protocols says; take the first that is enough:
///
/// - ``TemporalReward``: a formula of one answer and its question. Most are.
/// - ``GroupReward``: all answers to one question at once, such as how much they differ.
/// - ``BatchReward``: all answers of a step at once, asynchronously, such as a learned model.
///
/// A component's weight, tasks, gate, normalisation, baseline and credit act on all three alike.
public protocol Reward: RewardPart {
  /// The name that an experiment file uses, in kebab case.
  static var name: String { get }

  static var documentation: RewardDocumentation { get }

  /// What it cannot do without, so that a caller who lacks it can say so; nothing unless it says otherwise.
  static var needs: Set<RewardNeed> { get }

  /// Reads its options; what is wrong is recorded in the reader.
  init(options: inout OptionReader)

  /// The least and the greatest score; 0…1 unless it says otherwise.
  var range: ClosedRange<Double> { get }
}

extension Reward {
  public static var needs: Set<RewardNeed> { [] }

  public var range: ClosedRange<Double> { 0...1 }

  public var component: RewardComponent { RewardComponent(self) }

  /// What it needs by what it says and by how it scores.
  package static var allNeeds: Set<RewardNeed> {
    var all = needs
    if self is any GroupReward.Type { all.insert(.group) }
    if self is any BatchReward.Type { all.insert(.batch) }
    return all
  }
}

/// A reward whose options are the parameters of an initialiser: read from a file, they have its defaults.
///
///     public init(scale: Double = 15) { self.scale = scale }
///
///     public init(options: inout OptionReader, usual: Self?) {
///       let usual = usual ?? Self()
///       self.init(scale: options.number("scale", default: usual.scale, in: 0.001...3600, unit: "s", help: "width"))
///     }
///
/// So each default stands in one place, and curricula can change an option of a reward that was made in code.
public protocol ConfigurableReward: Reward {
  /// Reads its options; what is not given is as in `usual`, or as by default where that is `nil`.
  init(options: inout OptionReader, usual: Self?)
}

extension ConfigurableReward {
  public init(options: inout OptionReader) { self.init(options: &options, usual: nil) }

  /// Another of the same type with the options that are given, and all others as they are here.
  func with(options: inout OptionReader) -> any Reward { Self(options: &options, usual: self) }
}
