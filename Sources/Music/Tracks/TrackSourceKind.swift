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

  /// Whether there are held-out tracks, on which a run is scored at its end.
  var holdsOut: Bool { get }

  /// Throws, with the remedy, where the tracks hold what an encoder that listens for these instruments has no ear for.
  func check(heardBy instruments: [String]) throws
}

extension TrackSourceKind {
  public var files: [String] { [] }

  public func check(heardBy instruments: [String]) throws {}
}

/// The three splits of an experiment; none shares a track with another.
public struct TrackSplits: Sendable {
  public let train: any TrackSource
  public let validation: any TrackSource
  public let test: any TrackSource

  public init(train: any TrackSource, validation: any TrackSource, test: any TrackSource) {
    self.train = train
    self.validation = validation
    self.test = test
  }
}
