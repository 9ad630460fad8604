import Options
import Questions
import Rewards
import TemporalRewards
import Testing

/// An initialiser with named parameters makes the reward that a file makes.
struct TypedRewardTests {
  static let usual: [any TemporalReward & ConfigurableReward] = [
    OnsetError(), AdaptiveOnsetError(), ScheduledOnsetError(), IntervalGIoU(), IntervalDIoU(), WeightedIoU(), BoundaryError(),
    IntervalIoU(), IntervalF1(), SoftF1(), MatchedF1(), LocalGIoU(), BoundaryF(), Wasserstein(), OnsetF(), BeatAccuracy(),
    EventF(),
    Ordering(), ChoiceMatch(), Meteor(), Unreadable(), OutOfTrack(), StrictFormat(), AnswerCount(), CountError(),
    DurationRatio(),
    CompletionLength(),
  ]

  /// Each reward with every option other than its default.
  static let unusual: [(any TemporalReward & ConfigurableReward, [String: OptionValue.Content])] = [
    (OnsetError(form: .hit, scale: 3), ["form": .text("hit"), "scale": .number(3)]),
    (
      AdaptiveOnsetError(form: .gaussian, quantile: 0.4, factor: 0.9, rate: 0.1, narrowest: 2, widest: 9, fixed: 4),
      [
        "form": .text("gaussian"), "quantile": .number(0.4), "factor": .number(0.9), "rate": .number(0.1),
        "narrowest": .number(2), "widest": .number(9), "fixed": .number(4),
      ]
    ),
    (
      ScheduledOnsetError(form: .linear, first: 20, last: 2, until: 0.5, fixed: 4),
      ["form": .text("linear"), "first": .number(20), "last": .number(2), "until": .number(0.5), "fixed": .number(4)]
    ),
    (IntervalGIoU(references: .union), ["references": .text("union")]),
    (IntervalDIoU(references: .union), ["references": .text("union")]),
    (WeightedIoU(references: .union), ["references": .text("union")]),
    (
      BoundaryError(form: .gaussian, scale: 2, combine: .product, references: .union),
      ["form": .text("gaussian"), "scale": .number(2), "combine": .text("product"), "references": .text("union")]
    ),
    (
      IntervalIoU(precisionWeight: 0.4, references: .bestOf),
      ["precision-weight": .number(0.4), "references": .text("best-of")]
    ),
    (
      IntervalF1(beta: 2, smoothing: 1e-6, references: .bestOf),
      ["beta": .number(2), "smoothing": .number(1e-6), "references": .text("best-of")]
    ),
    (
      SoftF1(sigma: 2, bin: 0.5, truncate: 3, form: .min, edge: .nearest, references: .bestOf),
      [
        "sigma": .number(2), "bin": .number(0.5), "truncate": .number(3), "form": .text("min"), "edge": .text("nearest"),
        "references": .text("best-of"),
      ]
    ),
    (
      MatchedF1(thresholds: [0.25], references: .bestOf),
      ["thresholds": .list([OptionValue(.number(0.25))]), "references": .text("best-of")]
    ),
    (LocalGIoU(references: .bestOf), ["references": .text("best-of")]),
    (
      BoundaryF(tolerance: 0.5, beta: 2, references: .bestOf),
      ["tolerance": .number(0.5), "beta": .number(2), "references": .text("best-of")]
    ),
    (Wasserstein(beta: 2, references: .bestOf), ["beta": .number(2), "references": .text("best-of")]),
    (OnsetF(tolerance: 1, references: .bestOf), ["tolerance": .number(1), "references": .text("best-of")]),
    (
      BeatAccuracy(measure: .cemgil, tolerance: 1, references: .bestOf),
      ["measure": .text("cemgil"), "tolerance": .number(1), "references": .text("best-of")]
    ),
    (
      EventF(collar: 1, share: 0.1, offsets: false, references: .bestOf),
      ["collar": .number(1), "share": .number(0.1), "offsets": .flag(false), "references": .text("best-of")]
    ),
    (Ordering(measure: .footrule), ["measure": .text("footrule")]), (ChoiceMatch(), [:]),
    (Meteor(variant: .exactAndStem, mostWords: 5), ["variant": .text("meteor-1.5-exact-stem"), "most-words": .number(5)]),
    (Unreadable(chargesRefusals: false), ["charge-refusals": .flag(false)]),
    (OutOfTrack(tolerance: 1), ["tolerance": .number(1)]),
    (StrictFormat(), [:]), (AnswerCount(most: 2, factor: 1), ["most": .number(2), "factor": .number(1)]),
    (CountError(base: 0.5, references: .bestOf), ["base": .number(0.5), "references": .text("best-of")]),
    (DurationRatio(references: .bestOf), ["references": .text("best-of")]),
    (CompletionLength(free: 2, limit: 9), ["free": .number(2), "limit": .number(9)]),
  ]

  /// Scores of legal, illegal and absurd answers to questions of every kind, to the last bit.
  private static func scores(_ reward: any TemporalReward) -> [UInt64?] {
    ProbeQuestions.all.flatMap { question in
      ProbeAnswers.all(for: question, seed: 3).map { reward.score($0.reading, in: $0.response, to: question)?.bitPattern }
    }
  }

  /// What a file says of a reward that was made in code.
  private static func options(of reward: some ConfigurableReward) -> [OptionEntry] {
    var reader = OptionReader()
    _ = type(of: reward).init(options: &reader, usual: reward)
    return reader.resolved
  }

  @Test func theDefaultsAreThoseOfAnEmptyMap() throws {
    #expect(Self.usual.map { type(of: $0).name } == RewardCatalog.builtIn.names)
    for typed in Self.usual {
      var reader = OptionReader()
      let made = type(of: typed).init(options: &reader) as any Reward as? any TemporalReward
      let read = try #require(made)
      #expect(Self.scores(typed) == Self.scores(read), "\(type(of: typed).name)")
      #expect(Self.options(of: typed) == reader.resolved && typed.range == read.range, "\(type(of: typed).name)")
    }
  }

  @Test func aBeatMeasureBringsItsOwnTolerance() throws {
    for measure in BeatAccuracy.Measure.allCases {
      let read = try reward("beat-accuracy", ["measure": .text(measure.rawValue)])
      #expect(Self.scores(BeatAccuracy(measure: measure)) == Self.scores(read))
    }
  }

  @Test func everyOptionIsAParameter() throws {
    #expect(Self.unusual.map { type(of: $0.0).name } == RewardCatalog.builtIn.names)
    for (typed, options) in Self.unusual {
      let name = type(of: typed).name
      var reader = OptionReader()
      _ = type(of: typed).init(options: &reader)
      #expect(Set(reader.descriptions.map(\.key)) == Set(options.keys), "\(name)")
      #expect(Self.scores(typed) == Self.scores(try reward(name, options)), "\(name)")
      for entry in Self.options(of: typed) { #expect(entry.value.content == options[entry.key], "\(name).\(entry.key)") }
    }
  }
}
