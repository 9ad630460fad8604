import Files
public import Options

/// A kind of tracks that `tracks: {source: …}` may name: what they are made from, and how they are split.
public protocol TrackSourceKind: Sendable {
  /// The name that an experiment file uses.
  static var name: String { get }

  /// What they are, in a sentence.
  static var summary: String { get }

  /// Reads the options under `tracks:`; what is wrong is recorded in the reader.
  init(options: inout OptionReader)

  /// The tracks; the same for the same options.
  func splits() throws -> TrackSplits

  /// Files that the tracks are read from, for the run's manifest.
  var files: [String] { get }

  /// Files and folders that must be there before anything is read, each with its key under `tracks:`.
  var named: [(key: String, path: String)] { get }

  /// Whether there are held-out tracks, on which a run is scored at its end.
  var holdsOut: Bool { get }

  /// Throws, with the remedy, where the tracks hold what an encoder that listens for these instruments has no ear for.
  func check(heardBy instruments: [String]) throws
}

extension TrackSourceKind {
  public var files: [String] { [] }

  public var named: [(key: String, path: String)] { [] }

  public func check(heardBy instruments: [String]) throws {}
}

/// The three splits of an experiment; none shares a track with another.
public struct TrackSplits: Sendable {
  public let train: any TrackSource
  public let validation: any TrackSource
  public let test: any TrackSource
  /// What a source that was told to skip what is bad left out, and why.
  public let omitted: [String]
  /// What is not wrong, and yet may not be meant.
  public let remarks: [String]

  public init(
    train: any TrackSource, validation: any TrackSource, test: any TrackSource, omitted: [String] = [], remarks: [String] = []
  ) {
    self.train = train
    self.validation = validation
    self.test = test
    self.omitted = omitted
    self.remarks = remarks
  }

  /// How much was left out and the first of it; empty where nothing was.
  package var omission: String {
    guard !omitted.isEmpty else { return "" }
    let rest = omitted.count > 5 ? "\n  and \(omitted.count - 5) more" : ""
    return "left out \(omitted.count) of the tracks and questions:" + omitted.prefix(5).map { "\n  \($0)" }.joined() + rest
  }

  /// Throws, with the remedy, where the tracks are known by questions alone, from which a stage cannot learn what is heard when.
  package func checkTimelines(for stage: String) throws {
    guard train.count > 0, try train.questions(0) != nil else { return }
    throw NamedError(
      "stage \(stage) learns from what is heard when, and a file of questions does not say it: name annotated recordings, tracks: "
        + "{source: recordings, …}, or take stage questions or reinforcement")
  }
}
