import Questions
import Randomness
import SeedStatistics
import TemporalMetrics

extension BlindPolicies {
  /// An instant in seconds or as a share of the track.
  enum Constant: Sendable {
    case seconds(Double)
    case share(Double)

    func time(in question: Question) -> Double {
      switch self {
      case .seconds(let seconds): min(seconds, question.duration)
      case .share(let share): share * question.duration
      }
    }
  }

  func instants() -> [AuditedPolicy] {
    let sheet = sheet
    func fixed(_ name: String, _ summary: String, _ answer: @escaping @Sendable (Question) -> Double) -> AuditedPolicy {
      AuditedPolicy(name, .blind, summary) { question, _ in sheet.text(.instant(answer(question)), to: question) }
    }
    @Sendable func list(_ question: Question, _ times: [Double], _ separator: String) -> String {
      times.map { sheet.text(.instant($0), to: question) }.joined(separator: separator)
    }
    return [
      fixed("start", "0:00") { _ in 0 },
      fixed("middle", "the middle of the track") { 0.5 * $0.duration },
      fixed("end", "the end of the track") { $0.duration },
      fixed("endless", "99999 s") { _ in 99_999 },
      AuditedPolicy("overflow", .blind, "a time that is no finite number") { _, _ in "1e400" },
      AuditedPolicy("uniform", .blind, "any time in the track", isRandom: true) { question, stream in
        sheet.text(.instant(stream.uniform() * question.duration), to: question)
      },
      AuditedPolicy("comb-10", .blind, "every tenth second") { question, _ in
        list(question, Array(stride(from: 0, to: question.duration, by: 10)), ", ")
      },
      AuditedPolicy("hedging", .blind, "one of four times or another") { question, _ in
        list(question, [0.125, 0.375, 0.625, 0.875].map { $0 * question.duration }, " or ")
      },
      AuditedPolicy("duplicates", .blind, "the middle of the track ten times") { question, _ in
        list(question, Array(repeating: 0.5 * question.duration, count: 10), ", ")
      },
      AuditedPolicy("inverted", .blind, "the middle of the track before 0") { question, _ in
        "-" + sheet.text(.instant(0.5 * question.duration), to: question)
      },
      constant("median", "the median time of the file") { .seconds(Self.median($0.flatMap(\.referenceTimes))) },
      constant("median-share", "the median time of the file, as a share of the track") { .share(Self.median(Self.shares($0))) },
      constant("prior", "the time that most often lies within 3 s") { .seconds(Self.mode($0.flatMap(\.referenceTimes))) },
      bestConstant(), borrowed(),
    ]
  }

  private func constant(_ name: String, _ summary: String, _ choose: ([Question]) -> Constant) -> AuditedPolicy {
    let sheet = sheet
    let chosen = Dictionary(grouping: questions, by: \.priorKey).mapValues(choose)
    return AuditedPolicy(name, .blind, summary) { question, _ in
      sheet.text(.instant(chosen[question.priorKey]?.time(in: question) ?? 0), to: question)
    }
  }

  /// The constant that earns most, among the quantiles of the file's times and of their shares of the track.
  private func bestConstant() -> AuditedPolicy {
    let sheet = sheet
    let seconds = Self.quantiles(questions.flatMap(\.referenceTimes))
    let shares = Self.quantiles(Self.shares(questions))
    let candidates = seconds.map { Constant.seconds($0) } + shares.map { .share($0) }
    let best = pricing.best(candidates, on: questions, most: .max) { constant, question in
      sheet.text(.instant(constant.time(in: question)), to: question)
    }
    return AuditedPolicy("best-constant", .blind, "the constant that earns most on average") { question, _ in
      sheet.text(.instant(best[question.priorKey]?.time(in: question) ?? 0), to: question)
    }
  }

  private static func shares(_ questions: [Question]) -> [Double] {
    questions.flatMap { question in question.referenceTimes.map { min(1, $0 / question.duration) } }
  }

  private static func quantiles(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    let all = (0...64).compactMap { Quantile.value(of: sorted, at: Double($0) / 64) }
    return all.indices.filter { $0 == 0 || all[$0] > all[$0 - 1] }.map { all[$0] }
  }

  private static func median(_ values: [Double]) -> Double { Quantile.median(values) ?? 0 }

  /// The middle of the window of 6 s that holds most values.
  static func mode(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    var best = (time: 0.0, count: 0)
    var end = 0
    for start in sorted.indices {
      while end < sorted.count, sorted[end] <= sorted[start] + 6 { end += 1 }
      if end - start > best.count { best = (0.5 * (sorted[start] + sorted[end - 1]), end - start) }
    }
    return best.time
  }
}
