import Files
import Synchronization
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
  /// What the run's log and its folder should say of its data.
  package let findings = DataFindings()

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

/// What a run found in its data that a person should know, once each.
package final class DataFindings: Sendable {
  private let state = Mutex<(warnings: [String], omitted: [String])>(([], []))

  package var warnings: [String] { state.withLock { $0.warnings } }
  /// What a source that was told to skip what is bad left out.
  package var omitted: [String] { state.withLock { $0.omitted } }

  /// Returns whether it was new.
  @discardableResult package func warn(_ text: String) -> Bool {
    state.withLock { state in
      guard !state.warnings.contains(text) else { return false }
      state.warnings.append(text)
      return true
    }
  }

  /// An error for data that a run cannot do with.
  package func refusal(_ text: String) -> any Error { NamedError(text) }

  package func leftOut(_ omitted: [String]) { state.withLock { $0.omitted = omitted } }
}
