public import Timelines

/// A question about one track, with the answers that count as right.
public struct Question: Sendable, Hashable {
  public var id: String
  public var trackID: String
  /// What the track is a variation of, by a name that the piece itself and all of its variations share; empty where nothing is known.
  public var family = ""
  /// The task's short name, such as `tsg` or `mtr`.
  public var task: String
  /// A finer kind within the task, such as `onset` or `offset`; empty where there is none.
  public var category: String
  /// What is asked, in words.
  public var text: String
  public var kind: AnswerKind
  /// Texts of the options of a choice; the answer is a letter from A on.
  public var choices: [String]
  /// Names of what is to be put in order.
  public var items: [String]
  /// At least one, each of `kind`.
  ///
  /// Several are alternatives or parts; which, is the reward's choice.
  public var references: [Answer]
  /// Length of the track in seconds.
  public var duration: Double
  /// Where the track's sound lies, where a file says so.
  public var audio: RecordingExcerpt?

  public init(
    id: String, trackID: String, task: String, category: String = "", text: String, kind: AnswerKind,
    choices: [String] = [], items: [String] = [], references: [Answer], duration: Double, audio: RecordingExcerpt? = nil
  ) {
    self.id = id
    self.trackID = trackID
    self.task = task
    self.category = category
    self.text = text
    self.kind = kind
    self.choices = choices
    self.items = items
    self.references = references
    self.duration = duration
    self.audio = audio
  }
}
