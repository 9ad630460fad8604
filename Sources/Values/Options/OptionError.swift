/// One thing that is wrong in an experiment file.
public struct OptionIssue: Sendable, Hashable, CustomStringConvertible {
  /// Keys from the top of the file, such as `rewards[0].scale`.
  public var path: String
  public var line: Int?
  /// What is wrong, what was seen, what is allowed, and the remedy.
  public var message: String

  public init(path: String, line: Int?, message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  public var description: String {
    line.map { "line \($0): \(path): \(message)" } ?? "\(path): \(message)"
  }
}

/// Everything that is wrong in an experiment file, reported together.
public struct OptionError: Error, Sendable, Hashable, CustomStringConvertible {
  public var issues: [OptionIssue]

  public init(_ issues: [OptionIssue]) {
    self.issues = issues
  }

  public var description: String { issues.map(\.description).joined(separator: "\n") }
}
