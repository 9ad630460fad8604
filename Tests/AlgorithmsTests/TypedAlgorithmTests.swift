import Algorithms
import Options
import Testing

/// Typed initialisers and experiment files make the same algorithms.
struct TypedAlgorithmTests {
  private typealias Make = @Sendable (Profile) -> any ComposedAlgorithm

  private static let untouched: [Make] = [
    { GRPO(profile: $0) }, { DrGRPO(profile: $0) }, { DAPO(profile: $0) }, { PPO(profile: $0) }, { REINFORCE(profile: $0) },
    { ReinforcePlusPlus(profile: $0) }, { RLOO(profile: $0) }, { ReMax(profile: $0) }, { GSPO(profile: $0) },
    { LUSPO(profile: $0) }, { CISPO(profile: $0) }, { SAPO(profile: $0) }, { GMPO(profile: $0) }, { DPPO(profile: $0) },
    { VESPO(profile: $0) }, { OPO(profile: $0) }, { GPG(profile: $0) }, { PassAtK(profile: $0) }, { MaxRL(profile: $0) },
    { GDPO(profile: $0) },
  ]

  /// Everything that an algorithm is made of, in words.
  private func parts(_ algorithm: any ComposedAlgorithm) -> [Substring] {
    var text = ""
    dump(algorithm.parts, to: &text)
    return text.split(separator: "\n")
  }

  private func read(
    _ name: String, _ profile: Profile, _ path: String? = nil, _ value: OptionValue.Content = .null
  ) throws -> any ComposedAlgorithm {
    var options: [String: OptionValue.Content] = ["profile": .text(profile.rawValue)]
    let keys = path.map { $0.split(separator: ".").map(String.init) } ?? []
    if keys.count == 1 { options[keys[0]] = value }
    if keys.count == 2 { options[keys[0]] = AlgorithmFixture.map([keys[1]: value]).content }
    return try #require(try AlgorithmFixture.make(name, options) as? any ComposedAlgorithm)
  }

  @Test(arguments: Profile.allCases)
  func nothingGivenIsTheEmptyFile(_ profile: Profile) throws {
    #expect(Self.untouched.map { type(of: $0(profile)).name } == AlgorithmFixture.names)
    for make in Self.untouched {
      let typed = make(profile)
      let name = type(of: typed).name
      let written = try read(name, profile)
      #expect(parts(typed) == parts(written), "\(name)")
      #expect(typed.requirements == written.requirements, "\(name)")
      let (outputs, targets) = Minibatch.random(lengths: [4, 3, 6], hasValues: name == "ppo")
      let (ours, theirs) = (typed.objective.evaluate(outputs, targets), written.objective.evaluate(outputs, targets))
      #expect(ours.report.loss == theirs.report.loss && ours.cotangents == theirs.cotangents, "\(name)")
    }
  }

  /// One parameter beside the option of an experiment file that it stands for.
  private struct Change: Sendable {
    let path: String
    let value: OptionValue.Content
    let make: Make

    init(_ path: String, _ value: OptionValue.Content, _ make: @escaping Make) {
      self.path = path
      self.value = value
      self.make = make
    }
  }

  /// Every parameter that algorithms have in common.
  private static let common = [
    Change("scale", .text("none")) { GRPO(profile: $0, scale: GroupRelativeAdvantage.Scale.none) },
    Change("advantage-epsilon", .number(0.25)) { GRPO(profile: $0, advantageEpsilon: 0.25) },
    Change("clip-low", .number(0.125)) { GRPO(profile: $0, clipLow: 0.125) },
    Change("clip-high", .number(0.375)) { GRPO(profile: $0, clipHigh: 0.375) },
    Change("dual-clip", .number(7)) { GRPO(profile: $0, dualClip: 7) },
    Change("ratio-ceiling", .number(9)) { GRPO(profile: $0, ratioCeiling: 9) },
    Change("log-ratio-limit", .number(3)) { GRPO(profile: $0, logRatioLimit: 3) },
    Change("aggregation", .text("token-sum")) { GRPO(profile: $0, aggregation: AggregationOptions(.tokenSum)) },
    Change("constant-length", .number(77)) { DrGRPO(profile: $0, aggregation: AggregationOptions(constantLength: 77)) },
    Change("epochs", .number(3)) { GRPO(profile: $0, schedule: ScheduleOptions(epochs: 3)) },
    Change("minibatches", .number(5)) { GRPO(profile: $0, schedule: ScheduleOptions(minibatches: 5)) },
    Change("maximum-gradient-norm", .number(2)) { GRPO(profile: $0, schedule: ScheduleOptions(maximumGradientNorm: 2)) },
    Change("target-kl", .number(0.5)) { GRPO(profile: $0, schedule: ScheduleOptions(targetKL: 0.5)) },
    Change("kl.coefficient", .number(0.5)) { GRPO(profile: $0, kl: KLOptions(coefficient: 0.5)) },
    Change("kl.estimator", .text("k2")) { GRPO(profile: $0, kl: KLOptions(estimator: .k2)) },
    Change("kl.difference-limit", .number(4)) { GRPO(profile: $0, kl: KLOptions(differenceLimit: 4)) },
    Change("kl.estimate-limit", .number(4)) { GRPO(profile: $0, kl: KLOptions(estimateLimit: 4)) },
    Change("kl.importance", .text("completion")) { GRPO(profile: $0, kl: KLOptions(importance: .completion)) },
    Change("kl.target", .number(0.5)) { GRPO(profile: $0, kl: KLOptions(target: 0.5)) },
    Change("entropy.coefficient", .number(0.5)) { GRPO(profile: $0, entropy: EntropyOptions(coefficient: 0.5)) },
    Change("entropy.target", .number(0.5)) { GRPO(profile: $0, entropy: EntropyOptions(target: 0.5)) },
    Change("correction.drift-limit", .number(2)) { GRPO(profile: $0, correction: CorrectionOptions(driftLimit: 2)) },
    Change("overlong.buffer", .number(8)) { GRPO(profile: $0, overlong: OverlongOptions(buffer: 8)) },
    Change("reward-limit", .number(6)) { GRPO(profile: $0, rewardLimit: 6) },
    Change("tied-groups", .text("drop")) { GRPO(profile: $0, selection: SelectionOptions(tiedGroups: .drop)) },
    Change("refill-rounds", .number(8)) { GRPO(profile: $0, selection: SelectionOptions(refillRounds: 8)) },
    Change("refill-fallback", .text("keep")) { GRPO(profile: $0, selection: SelectionOptions(refillFallback: .keep)) },
    Change("mask-truncated", .flag(true)) { GRPO(profile: $0, selection: SelectionOptions(masksTruncated: true)) },
  ]

  /// Every parameter that one algorithm has for itself.
  private static let own = [
    Change("discount", .number(0.5)) { PPO(profile: $0, discount: 0.5) },
    Change("lambda", .number(0.5)) { PPO(profile: $0, lambda: 0.5) },
    Change("whiten", .text("none")) { PPO(profile: $0, whitening: WhiteningScope.none) },
    Change("value.clip", .number(0.75)) { PPO(profile: $0, value: ValueOptions(clip: 0.75)) },
    Change("value.coefficient", .number(0.75)) { PPO(profile: $0, value: ValueOptions(coefficient: 0.75)) },
    Change("whiten", .flag(false)) { REINFORCE(profile: $0, whitens: false) },
    Change("discount", .number(0.5)) { REINFORCE(profile: $0, discount: 0.5) },
    Change("ties", .text("shifted")) { REINFORCE(profile: $0, ties: .shifted) },
    Change("ties", .text("shifted")) { ReinforcePlusPlus(profile: $0, ties: .shifted) },
    Change("whiten", .flag(true)) { RLOO(profile: $0, whitens: true) },
    Change("scale", .text("group")) { RLOO(profile: $0, scale: .group) },
    Change("gradient", .text("token")) { GSPO(profile: $0, gradient: .token) },
    Change("clip-high", .number(0.5)) { GSPO(profile: $0, clipHigh: 0.5) },
    Change("ratio-low", .number(0.5)) { CISPO(profile: $0, ratioLow: 0.5) },
    Change("ratio-high", .number(9)) { CISPO(profile: $0, ratioHigh: 9) },
    Change("log-ratio-limit", .number(3)) { CISPO(profile: $0, logRatioLimit: 3) },
    Change("temperature-positive", .number(2)) { SAPO(profile: $0, temperaturePositive: 2) },
    Change("temperature-negative", .number(2)) { SAPO(profile: $0, temperatureNegative: 2) },
    Change("clip-low", .number(0.5)) { GMPO(profile: $0, clipLow: 0.5) },
    Change("clip-high", .number(0.5)) { GMPO(profile: $0, clipHigh: 0.5) },
    Change("divergence", .text("binary-kl")) { DPPO(profile: $0, divergence: .binaryKL) },
    Change("form", .text("ratio")) { DPPO(profile: $0, form: .ratio) },
    Change("limit-low", .number(0.5)) { DPPO(profile: $0, limitLow: 0.5) },
    Change("limit-high", .number(0.5)) { DPPO(profile: $0, limitHigh: 0.5) },
    Change("ratio-cap", .number(9)) { DPPO(profile: $0, ratioCap: 9) },
    Change("drift-coefficient", .number(0.5)) { DPPO(profile: $0, driftCoefficient: 0.5) },
    Change("k-positive", .number(9)) { VESPO(profile: $0, kPositive: 9) },
    Change("lambda-positive", .number(9)) { VESPO(profile: $0, lambdaPositive: 9) },
    Change("k-negative", .number(9)) { VESPO(profile: $0, kNegative: 9) },
    Change("lambda-negative", .number(9)) { VESPO(profile: $0, lambdaNegative: 9) },
    Change("scale", .text("none")) { PassAtK(profile: $0, scale: PassAtK.Scale.none) },
    Change("advantage-epsilon", .number(0.5)) { PassAtK(profile: $0, advantageEpsilon: 0.5) },
    Change("whitening-epsilon", .number(0.5)) { GDPO(profile: $0, whiteningUnit: .completions, whiteningEpsilon: 0.5) },
    Change("ties", .text("shifted")) { GDPO(profile: $0, ties: .shifted) },
    Change("clip-high", .number(0.5)) { DAPO(profile: $0, clipHigh: 0.5) },
    Change("clip-high", .number(0.5)) { LUSPO(profile: $0, clipHigh: 0.5) },
    Change("dual-clip", .number(9)) { ReMax(profile: $0, dualClip: 9) },
    Change("dual-clip", .number(9)) { OPO(profile: $0, dualClip: 9) },
    Change("dual-clip", .number(9)) { MaxRL(profile: $0, dualClip: 9) },
    Change("entropy.coefficient", .number(9)) { GPG(profile: $0, entropy: EntropyOptions(coefficient: 9)) },
  ]

  /// A parameter changes what its option changes, whatever the profile, and so nothing else.
  @Test(arguments: Profile.allCases)
  func oneParameterIsOneOption(_ profile: Profile) throws {
    var defaults: [String: [Substring]] = [:]
    for name in AlgorithmFixture.names { defaults[name] = parts(try read(name, profile)) }
    for change in Self.common + Self.own {
      let typed = change.make(profile)
      let name = type(of: typed).name
      // verl whitens GDPO over tokens, where the epsilon of completions does nothing.
      if change.path == "whitening-epsilon", profile == .verl { continue }
      let made = parts(typed)
      #expect(made == parts(try read(name, profile, change.path, change.value)), "\(name) \(change.path)")
      #expect(made != defaults[name], "\(name) \(change.path)")
    }
  }

  /// What an algorithm says it was made with makes the same one, from a file too.
  @Test(arguments: Profile.allCases)
  func whatIsWrittenMakesTheSame(_ profile: Profile) throws {
    for algorithm in Self.untouched.map({ $0(profile) }) + (Self.common + Self.own).map({ $0.make(profile) }) {
      let name = type(of: algorithm).name
      let entries = algorithm.parts.written.entries
      #expect(entries.first == OptionEntry(key: "profile", value: OptionValue(.text(profile.rawValue))))
      let options = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.content) })
      let again = try #require(try AlgorithmFixture.make(name, options) as? any ComposedAlgorithm)
      #expect(parts(again) == parts(algorithm), "\(name)")
      #expect(again.parts.written.entries == entries, "\(name)")
    }
  }

  /// The parts by themselves, such as the penalty or the schedule.
  private func sections(_ algorithm: any ComposedAlgorithm) -> [[Substring]] {
    var sections: [[Substring]] = []
    for line in parts(algorithm) {
      if line.hasPrefix("  ▿ ") || line.hasPrefix("  - ") { sections.append([]) }
      if !sections.isEmpty { sections[sections.count - 1].append(line) }
    }
    return sections
  }

  /// Each parameter changes one part of an algorithm, and of that one line unless the part becomes another.
  @Test func oneParameterIsOneChoice() throws {
    for change in Self.common {
      let changed = change.make(.takt)
      let name = type(of: changed).name
      let (before, after) = (sections(try read(name, .takt)), sections(changed))
      #expect(before.count == after.count && before.count > 10)
      #expect(zip(before, after).count { $0 != $1 } == 1, "\(change.path)")
    }
    let surrogate = try #require(GRPO(profile: .trl, clipHigh: 0.28).objective.summands.first?.term as? ClippedSurrogate)
    let trl = try #require(GRPO(profile: .trl).objective.summands.first?.term as? ClippedSurrogate)
    #expect(surrogate.clipHigh == 0.28 && trl.clipHigh == 0.2)
    #expect(surrogate.clipLow == trl.clipLow && surrogate.dualClip == trl.dualClip)
  }

  @Test func choicesOfMoreThanOneKind() throws {
    let estimator = GRPO(baseline: .leaveOneOut, singleton: .reward).parts.advantage as? LeaveOneOutAdvantage
    #expect(estimator?.singleton == .reward && estimator?.scale == .others(epsilon: 1e-4))
    #expect(RLOO(ratio: .token).parts.surrogate is ClippedSurrogate)
    #expect(ReinforcePlusPlus(subtractsGroupMean: true).requirements.contains(.groups))
    let kl = KLOptions(
      coefficient: 0.1, placement: .reward, order: .after, limits: .exponential, followsCorrection: true, target: 0.2,
      horizon: 100, aggregation: .tokenMean)
    let grpo = GRPO(kl: kl, correction: CorrectionOptions(mode: .mask, level: .geometric, low: 0.5, high: 4))
    #expect(grpo.parts.penalty.placement == .reward && grpo.parts.penalty.order == .after)
    #expect(grpo.parts.penalty.term.estimator == .k1 && grpo.parts.penalty.term.followsCorrection)
    #expect(grpo.parts.penalty.controller == KLPenalty.Controller(target: 0.2, horizon: 100))
    #expect(grpo.parts.penaltyAggregation is TokenMean)
    let correction = grpo.parts.weightings.first as? SamplerCorrection
    #expect(correction == SamplerCorrection(level: .geometric, mode: .mask, low: 0.5, high: 4))
    #expect(GRPO(correction: CorrectionOptions(mode: CorrectionOptions.Mode.none)).parts.weightings.isEmpty)
    let entropy = GRPO(entropy: EntropyOptions(target: 1, step: 0.1, maximum: 3, aggregation: .tokenMean)).parts
    #expect(entropy.entropy.target == EntropyControl.Target(entropy: 1, step: 0.1, maximum: 3))
    #expect(entropy.entropyAggregation is TokenMean)
    let overlong = DAPO(overlong: OverlongOptions(buffer: 4, limit: 20, factor: 2, isCapped: false)).parts.overlong
    #expect(overlong == OverlongPunishment(limit: 20, buffer: 4, factor: 2, isCapped: false))
    #expect((PPO(value: ValueOptions(form: .clippedSquare)).parts.value?.term)?.form == .clippedSquare)
    #expect((GDPO(whiteningUnit: .tokens).parts.advantage as? DecoupledAdvantage)?.whitening.unit == .tokens)
    let mean = GRPO(aggregation: AggregationOptions(emptySequences: .leftOut)).parts.aggregation as? SequenceMean
    #expect(mean?.empty == .leftOut)
  }

  /// Values of run time are told from each other with the words of an experiment file.
  @Test(arguments: [
    ("clip-high", -1.0), ("clip-high", .nan), ("clip-high", .infinity), ("advantage-epsilon", 2), ("dual-clip", 2000),
  ])
  func errorsAreThoseOfAFile(_ key: String, _ value: Double) throws {
    let (_, issues) = AlgorithmFixture.read("grpo", [key: .number(value)])
    let error = #expect(throws: OptionError.self) {
      try TypedOptions.checked {
        switch key {
        case "clip-high": GRPO(clipHigh: value)
        case "dual-clip": GRPO(dualClip: value)
        default: GRPO(advantageEpsilon: value)
        }
      }
    }
    #expect(error?.issues.map(\.message) == issues.map(\.message))
    #expect(error?.issues.map(\.path) == ["grpo.\(key)"])
  }

  @Test func everythingWrongIsToldAtOnce() throws {
    let error = #expect(throws: OptionError.self) {
      try TypedOptions.checked {
        GRPO(
          scale: .batch, baseline: .leaveOneOut, aggregation: AggregationOptions(constantLength: 0),
          kl: KLOptions(coefficient: -0.1), overlong: OverlongOptions(buffer: 600))
      }
    }
    #expect(error?.issues.map(\.path) == ["grpo.scale", "grpo.constant-length", "grpo.kl.coefficient", "grpo.overlong.buffer"])
    #expect(error?.issues[1].message == "must be a whole number in 1…1000000 tokens, not 0")
    let stale = #expect(throws: OptionError.self) {
      try TypedOptions.checked { REINFORCE(schedule: ScheduleOptions(epochs: 2)) }
    }
    #expect(stale?.issues.map(\.path) == ["reinforce.epochs"])
    #expect(try TypedOptions.checked { GRPO(clipHigh: 0.3) }.parts.schedule == UpdateSchedule())
  }

  @Test func wrongValuesStopAProgram() async {
    await #expect(processExitsWith: .failure) { _ = GRPO(clipHigh: -1) }
  }
}
