public import ExperimentKinds
public import Questions
import Timelines

/// Tracks of a split as a policy hears them, with what their source asks about each.
public struct RunTracks<Track: HeardTrack>: Sendable {
  public let tracks: [Track]
  /// Questions of each track; `nil` where tasks make them of the timelines.
  let given: [[Question]]?

  package init(_ tracks: [Track], given: [[Question]]? = nil) {
    self.tracks = tracks
    self.given = given
  }

  public var count: Int { tracks.count }

  /// What the source asks about a track; `nil` where tasks make the questions of its timeline.
  public func questions(_ index: Int) -> [Question]? { given?[index] }

  /// Some of them, in this order.
  func selection(_ indices: [Int]) -> RunTracks {
    RunTracks(indices.map { tracks[$0] }, given: given.map { given in indices.map { given[$0] } })
  }
}
