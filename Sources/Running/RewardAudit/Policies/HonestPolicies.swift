import Questions
import Randomness
import RealModule
import Timelines

/// Policies that hear the track: exactly, with noise, or in part.
///
/// Noise of σ seconds is Gaussian. Instants and both ends of each interval are moved by it, on tracks shorter than 150 s by as much less
/// as they are shorter: what is a near miss in a song is a guess in a jingle. Items of an order are heard as if 15 s
/// apart, each moved by it. An option is heard right where the noise lies within 15 s, and is guessed otherwise. Of a text each word
/// is heard with the probability exp(−σ/30 s).
enum HonestPolicies {
  /// Seconds.
  static let noises: [Double] = [2, 5, 15, 30]

  /// Seconds between items of an order, and within which the right option is heard.
  private static let spacing = 15.0

  /// Seconds; on shorter tracks noise is less in proportion.
  static let wholeNoiseDuration = 150.0

  /// The noise of that name on a track of this length, in seconds; of infinite length, all of it.
  static func deviation(_ noise: Double, duration: Double) -> Double {
    noise * min(1, duration / wholeNoiseDuration)
  }

  /// What noise of that name does to answers of a kind, in words.
  static func words(noise: Double, kind: AnswerKind, hasShortTracks: Bool) -> String {
    let seconds = "\(decimal(noise, places: 0)) s"
    switch kind {
    case .instant, .intervals:
      return "\(seconds) of noise"
        + (hasShortTracks ? ", in proportion less on tracks under \(decimal(wholeNoiseDuration, places: 0)) s" : "")
    case .order: return "the place of each item off by \(decimal(noise / spacing, places: 1)) places (σ)"
    case .choice:
      return
        "the right option heard in \(decimal(100 * Double.erf(spacing / noise / 2.0.squareRoot()), places: 0)) % of cases, else a guess"
    case .text: return "each word heard with probability \(decimal(.exp(-noise / 30), places: 2))"
    }
  }

  static func name(noise: Double) -> String { "noise-\(decimal(noise, places: 0))" }

  static func policies(for kind: AnswerKind, sheet: AnswerSheet, hasShortTracks: Bool) -> [AuditedPolicy] {
    var policies = [
      AuditedPolicy("exact", .honest, "the reference") { question, _ in sheet.text(question.exactAnswer, to: question) }
    ]
    for noise in noises {
      policies.append(
        AuditedPolicy(
          name(noise: noise), .honest, "the reference, with " + words(noise: noise, kind: kind, hasShortTracks: hasShortTracks),
          isRandom: true
        ) {
          question, stream in
          sheet.text(noisy(question.exactAnswer, to: question, by: noise, &stream), to: question)
        })
    }
    guard kind == .intervals else { return policies }
    return policies + [
      AuditedPolicy("first-only", .honest, "the first interval of the reference") { question, _ in
        let first = question.referenceIntervals.min { $0.start < $1.start }
        return sheet.text(first.map { [$0] } ?? [], to: question)
      },
      AuditedPolicy("tiny-right", .partial, "1 s in the middle of each true interval") { question, _ in
        sheet.text(
          question.referenceIntervals.compactMap {
            Interval(start: max(0, $0.center - 0.5), end: min(question.duration, $0.center + 0.5))
          },
          to: question)
      },
    ]
  }

  static func noisy(_ answer: Answer, to question: Question, by noise: Double, _ stream: inout RandomStream) -> Answer {
    let deviation = deviation(noise, duration: question.duration)
    switch answer {
    case .instant(let time): return .instant(min(max(0, time + deviation * stream.gaussian()), question.duration))
    case .intervals(let intervals):
      var heard: [Interval] = []
      for interval in intervals { heard.append(interval.jittered(by: deviation, duration: question.duration, stream: &stream)) }
      return .intervals(heard)
    case .order(let order):
      let times = order.indices.map { Double($0) * spacing + noise * stream.gaussian() }
      return .order(order.indices.sorted { times[$0] < times[$1] }.map { order[$0] })
    case .choice(let index):
      let isHeard = abs(noise * stream.gaussian()) <= spacing
      return .choice(isHeard ? index : stream.integer(in: 0...question.optionCount - 1))
    case .text(let text):
      var words: [Substring] = []
      for word in text.split(separator: " ") where stream.chance(.exp(-noise / 30)) { words.append(word) }
      return .text(words.isEmpty ? "?" : words.joined(separator: " "))
    }
  }
}
