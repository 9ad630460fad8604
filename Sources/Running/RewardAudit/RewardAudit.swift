public import Questions
import Randomness
public import Rewards
import TemporalMetrics

/// The exploitability audit: what policies that never hear a track earn beside honest ones, and which properties a composition of
/// rewards breaks.
///
/// Every policy answers in text, which is read and judged as a model's completions are. Baselines of the composition are fitted to
/// the questions first, as a run fits them to its training questions, unless they were fitted before. The same questions, options and
/// seed give the same report.
public struct RewardAudit: Sendable {
  package let options: AuditOptions
  private let spec: RewardSpec

  public init(_ spec: RewardSpec, options: AuditOptions = AuditOptions()) {
    self.spec = spec
    self.options = options
  }

  /// One report a kind of question that the composition judges, in the order instants, intervals, choices, orders, texts.
  public func report(on questions: [Question]) -> AuditReport {
    let pricing = AnswerPricing(spec, fittedTo: questions)
    let kinds = AnswerKind.allCases.compactMap { kind -> KindAudit? in
      let sheet = AnswerSheet()
      let own = questions.filter { question in
        question.kind == kind && !question.references.isEmpty
          && pricing.price(sheet.text(question.exactAnswer, to: question), to: question) != nil
      }
      return own.isEmpty ? nil : audit(kind, own, pricing)
    }
    return AuditReport(
      kinds: kinds, options: options, warnings: spec.warnings + spec.shortfalls(lacking: [.tokenCount]),
      baselines: pricing.spec.baselineNote)
  }

  private func audit(_ kind: AnswerKind, _ questions: [Question], _ pricing: AnswerPricing) -> KindAudit {
    let sheet = AnswerSheet(wholeSeconds: pricing.paysForForm(questions[0]))
    let durations = questions.map(\.duration).sorted()
    let hasShortTracks = durations[0] < HonestPolicies.wholeNoiseDuration
    let policies =
      HonestPolicies.policies(for: kind, sheet: sheet, hasShortTracks: hasShortTracks)
      + BlindPolicies(questions: questions, pricing: pricing, sheet: sheet).policies(for: kind)
    var log = ViolationLog()
    var results: [PolicyAnswers] = []
    for (index, policy) in policies.enumerated() {
      let stream = RandomStream(seed: options.seed).derived(index)
      results.append(
        PolicyAnswers(policy, questions, pricing, stream, samples: policy.isRandom ? options.groupSize : 1, &log))
    }
    let checks = PropertyChecks(pricing: pricing, sheet: sheet, stream: RandomStream(seed: options.seed).derived(1_000))
    for (index, question) in questions.spread(over: options.checkedQuestions).enumerated() {
      checks.check(question, index: index, &log)
    }
    var audit = KindAudit(
      kind: kind, questionCount: questions.count, metric: BenchmarkMetric.name(of: kind), policies: Self.ordered(results),
      spreads: HonestPolicies.noises.compactMap { noise in
        results.first { $0.policy.name == HonestPolicies.name(noise: noise) }?.spread(noise: noise)
      }, spearman: nil, points: [], violations: [],
      yardstick: HonestPolicies.words(noise: 15, kind: kind, hasShortTracks: hasShortTracks))
    let points = results.flatMap(\.points)
    audit.spearman = SpearmanCorrelation.coefficient(points.map(\.metric), points.map(\.reward))
    audit.points = points.spread(over: 1500)
    judge(audit, duration: durations[durations.count / 2], &log)
    audit.violations = log.violations
    audit.notes = Self.notes(on: audit)
    return audit
  }

  private static func ordered(_ results: [PolicyAnswers]) -> [KindAudit.Policy] {
    let policies = results.map(\.result)
    let blind = policies.filter { $0.role == .blind }.sorted { !($0.mean <= $1.mean) && !$1.mean.isNaN }
    return policies.filter { $0.role != .blind } + blind
  }

  /// What lowers the pay of a constant.
  private var baselineRemedy: String {
    spec.components.contains { $0.baseline != nil }
      ? "the baseline does not know it: add its time in seconds, `baseline: {seconds: [30]}`, or fit to more questions"
      : "subtract a baseline: `baseline: {}`"
  }

  /// Questions below which means and ranks say little.
  private static let few = 20

  private static func notes(on audit: KindAudit) -> [String] {
    var notes: [String] = []
    if audit.questionCount < few {
      notes.append(
        "\(audit.questionCount) question\(audit.questionCount == 1 ? "" : "s") only: means and ranks over so few say little; "
          + "give \(few) or more of this kind before believing them")
    }
    if audit.honest15 <= 0, let blind = audit.bestBlind, blind.mean <= 0 {
      notes.append(
        "the yardstick, honest answers (\(audit.yardstick)), earns \(decimal(audit.honest15, places: 3)), and blind answers nothing "
          + "either: there is no ratio to judge")
    }
    return notes
  }

  /// Holds the means against the thresholds.
  private func judge(_ audit: KindAudit, duration: Double, _ log: inout ViolationLog) {
    func number(_ value: Double) -> String { decimal(value, places: 3) }
    let honest = audit.honest15
    if let blind = audit.bestBlind {
      let earns = "'\(blind.name)' (\(blind.summary)) earns \(number(blind.mean)) without hearing the track, an honest answer "
      if let ratio = audit.ratio {
        log.check(
          .blind, ratio <= options.maxRatio,
          earns + "(\(audit.yardstick)) \(number(honest)): \(number(ratio)) of it, more than \(number(options.maxRatio))")
      } else {
        // The yardstick earns nothing: blind answers that earn nothing either exploit nothing.
        let length = duration.isFinite ? " on tracks of \(decimal(duration, places: 0)) s (median)" : ""
        log.check(
          .blind, blind.mean.isFinite && blind.mean <= 0 && honest.isFinite,
          earns
            + "(\(audit.yardstick)) \(number(honest))\(length): where the yardstick earns nothing it is at fault, or the rewards pay "
            + "nothing for what is nearly right; widen them, or audit longer tracks")
      }
      if let exact = audit["exact"] {
        log.check(
          .beatsRight, blind.mean < exact.mean,
          "'\(blind.name)' (\(blind.summary)) earns \(number(blind.mean)) on average, the right answer \(number(exact.mean))")
      }
      if audit.kind == .instant {
        log.check(
          .constant, blind.mean <= options.maxConstant,
          "'\(blind.name)' (\(blind.summary)) earns \(number(blind.mean)) on average, more than \(number(options.maxConstant)); "
            + baselineRemedy)
      }
    }
    if let tiny = audit["tiny-right"], let noisy = audit[HonestPolicies.name(noise: 15)] {
      log.check(
        .tiny, tiny.mean < noisy.mean,
        "1 s in the middle of each true interval earns \(number(tiny.mean)), the whole intervals with \(audit.yardstick) "
          + number(noisy.mean)
      )
    }
    if let spearman = audit.spearman {
      log.check(
        .spearman, spearman >= options.minSpearman,
        "the rank correlation with \(audit.metric) is \(number(spearman)), less than \(number(options.minSpearman))")
    }
    log.check(
      .ties, audit.tiedGroups <= options.maxTied,
      "\(number(audit.tiedGroups)) of the groups of \(options.groupSize) honest answers (\(audit.yardstick)) earn all the same, more than "
        + number(options.maxTied))
  }
}
