public import Tracks
public import Work

/// What a run, or a command that scores a policy, gives a kind that opens its policy.
public struct RunResources: Sendable {
  /// All randomness derives from it.
  public let seed: UInt64
  public let tracks: any TrackSourceKind
  /// The run's folder; `nil` outside a run.
  public let folder: String?
  public let progress: WorkProgress
  /// Tells a person who watches what happens; `nil` where nobody does.
  public let remark: (@Sendable (String) -> Void)?

  public init(
    seed: UInt64, tracks: any TrackSourceKind, folder: String? = nil, progress: WorkProgress = .silent,
    remark: (@Sendable (String) -> Void)? = nil
  ) {
    self.seed = seed
    self.tracks = tracks
    self.folder = folder
    self.progress = progress
    self.remark = remark
  }
}
