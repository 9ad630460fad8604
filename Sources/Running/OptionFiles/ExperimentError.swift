public import Options

/// Everything that is wrong with an experiment file, with the file's name.
public struct ExperimentError: Error, Sendable, CustomStringConvertible {
  public let file: String
  public let issues: [OptionIssue]

  package init(file: String, issues: [OptionIssue]) {
    self.file = file
    self.issues = issues
  }

  public var description: String {
    "\(file) has \(issues.count == 1 ? "an issue" : "\(issues.count) issues"):\n"
      + issues.map { "  \($0)" }.joined(separator: "\n")
  }
}
