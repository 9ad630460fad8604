import MusTBench
public import Music
public import Options

/// Which tracks an experiment uses, and how they are split.
public struct TrackOptions: Sendable, Hashable {
  public enum Source: String, Sendable, CaseIterable {
    /// Composed and rendered on the fly from a seed.
    case composed
    /// A folder that `takt music corpus` prepared.
    case corpus
  }

  public var source: Source
  public var seed: UInt64
  /// Folder of a corpus.
  public var folder: String
  /// Length of the excerpts of a corpus's pieces, and the distance of their starts, in seconds.
  public var excerpt: Double
  public var hop: Double
  public var train: Int
  public var validation: Int
  public var test: Int
  /// How composed tracks are written and rendered.
  public var composition: ComposedTrack.Configuration
  /// Whether training starts at track `skip` of the training stream, so that a later stage hears new tracks.
  public var skip: Int
  /// How far the times in the training tracks' annotations may lie from the truth, in seconds; held-out ones are exact.
  public var annotationError: Double

  public init(options: inout OptionReader) {
    source = options.choice("source", default: Source.composed, help: "where the tracks come from")
    seed = UInt64(options.integer("seed", default: 1, in: 0...Int(Int32.max), help: "seed of the composer"))
    folder = options.text("folder", default: "data/real-midi", help: "folder of a corpus")
    excerpt = options.number("excerpt", default: 60, in: 10...60, unit: "s", help: "length of a corpus's excerpts")
    hop = options.number("hop", default: 30, in: 1...600, unit: "s", help: "distance of their starts")
    train = options.integer("train", default: 1400, in: 1...1_000_000, help: "tracks to learn from (composed)")
    validation = options.integer("validation", default: 100, in: 0...100_000, help: "tracks for choices (composed)")
    test = options.integer("test", default: 400, in: 0...100_000, help: "held-out tracks for the final figures (composed)")
    composition = options.section("composition") { ComposedTrack.Configuration(options: &$0) }
    skip = options.integer("skip", default: 0, in: 0...10_000_000, help: "training tracks to leave to earlier stages")
    annotationError = options.number(
      "annotation-error", default: 0, in: 0...60, unit: "s",
      help: "largest error of the times in the training tracks' annotations")
  }
}

/// Which questions are asked about each track.
public struct QuestionOptions: Sendable, Hashable {
  public var tasks: [String]
  /// Questions of each task that a step asks about a track, in the order of `tasks`.
  public var perTrack: [Int]

  public init(options: inout OptionReader) {
    tasks = options.words("tasks", default: ["tsg", "mtr"], of: BenchmarkTasks.names, help: "MusTBench tasks")
    perTrack = options.numbers(
      "per-track", default: [Double](repeating: 1, count: tasks.count), in: 1...100,
      help: "questions of each task a step asks about a track"
    ).map { Int($0) }
    if perTrack.count != tasks.count {
      options.record("must hold one number for each of the \(tasks.count) tasks, not \(perTrack.count)", at: "per-track")
    }
  }
}
