public import Options

/// A kind of log that an experiment may name under `log:`; its options stand in the same map.
public protocol LogRecipe: Sendable {
  static var name: String { get }

  /// What it leaves and where, in a sentence.
  static var summary: String { get }

  /// Whether a sink that is made for a run which goes on is first given the events that stand; else it goes on with its own.
  static var takesHistory: Bool { get }

  init(options: inout OptionReader)

  /// Files that it writes in the run's folder.
  var files: [String] { get }

  /// Where its events go beside the run's folder, such as a server's address; empty for nowhere.
  var destination: String { get }

  /// Makes the sink; a throw is said to the person who runs, and it is asked again later.
  func open(for run: LoggedRun) async throws -> any RunLogSink
}

extension LogRecipe {
  public var files: [String] { [] }
  public var destination: String { "" }
}

/// The run that a log is of.
public struct LoggedRun: Sendable {
  public var name: String
  /// What the experiment shows, in a sentence; may be empty.
  public var summary: String
  /// The run's folder.
  public var directory: String
  /// Steps that the checkpoint holds from which the run goes on; 0 for a new run.
  public var stepsDone: Int
  /// Every option with its value, by its path: `training.steps`.
  public var parameters: [(name: String, value: String)]
  /// Events of the run that stand, where it goes on.
  public var history: [RunEvent]

  public init(
    name: String, summary: String = "", directory: String, stepsDone: Int = 0,
    parameters: [(name: String, value: String)] = [], history: [RunEvent] = []
  ) {
    self.name = name
    self.summary = summary
    self.directory = directory
    self.stepsDone = stepsDone
    self.parameters = parameters
    self.history = history
  }
}
