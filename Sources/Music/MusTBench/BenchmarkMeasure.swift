public import Questions

/// A number between 0 and 1 that says how good an answer is.
///
/// Two of one name are one measure, whichever task lists it.
public struct BenchmarkMeasure: Sendable {
  /// As logs and files have it, such as `hit@3s`.
  public let name: String
  /// As a person reads it, such as `Hit@3s`.
  public let title: String
  /// Its formula in words, for glossaries.
  public let formula: String
  public let isHigherBetter: Bool

  /// - Parameter title: `name`, unless said.
  public init(_ name: String, title: String? = nil, formula: String, isHigherBetter: Bool = true) {
    self.name = name
    self.title = title ?? name
    self.formula = formula
    self.isHigherBetter = isHigherBetter
  }

  /// 1 where a time lies within a second of the reference.
  public static let hitWithin1Second = BenchmarkMeasure("hit@1s", title: "Hit@1s", formula: "the same within 1 s")
  /// 1 where a time lies within three seconds of the reference: MusTBench's measure of TSG.
  public static let hitWithin3Seconds = BenchmarkMeasure(
    "hit@3s", title: "Hit@3s", formula: "share of answered times that lie at most 3 s from the true one")
  /// 1 where the option, or the whole order, is the right one.
  public static let accuracy = BenchmarkMeasure("accuracy", formula: "share of answers that are right")
  /// Intersection over union of the unions of intervals.
  public static let iou = BenchmarkMeasure(
    "iou", title: "IoU",
    formula: "intersection over union: the time that answered and true intervals share, over the time that either covers")
  /// Harmonic mean of precision and recall of the unions of intervals.
  public static let f1 = BenchmarkMeasure(
    "f1", title: "F1", formula: "twice the shared time, over the answered and the true time together")
  /// METEOR 1.5 of a text with the exact and the stem module.
  public static let meteor = BenchmarkMeasure(
    "meteor", title: "METEOR", formula: "agreement of an answer's words with the reference's, their order included")
  /// Cosine of the CLAP embeddings of a text and of the sound it describes, −1…1; needs a pretrained model, so it is supplied from
  /// outside.
  package static let clap = BenchmarkMeasure(
    "clap", title: "CLAP", formula: "cosine of the CLAP embeddings of a text and of the sound it describes")

  /// Those of MusTBench, in the order of its tables.
  package static let mustBench: [BenchmarkMeasure] = [
    hitWithin1Second, hitWithin3Seconds, accuracy, iou, f1, meteor, clap,
  ]

  /// Those that answers of a kind have where their task says nothing else.
  public static func usual(for kind: AnswerKind) -> [BenchmarkMeasure] {
    switch kind {
    case .instant: [hitWithin1Second, hitWithin3Seconds]
    case .choice, .order: [accuracy]
    case .intervals: [iou, f1]
    case .text: [meteor, clap]
    }
  }
}

extension BenchmarkMeasure: Hashable, Comparable {
  public static func == (a: BenchmarkMeasure, b: BenchmarkMeasure) -> Bool { a.name == b.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// MusTBench's in their order, then others by name.
  public static func < (a: BenchmarkMeasure, b: BenchmarkMeasure) -> Bool {
    let (first, second) = (place[a.name] ?? .max, place[b.name] ?? .max)
    return first == second ? a.name < b.name : first < second
  }

  private static let place = Dictionary(uniqueKeysWithValues: mustBench.enumerated().map { ($1.name, $0) })
}
