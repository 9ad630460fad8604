import Numbers

/// What the index knows of one run.
package struct RunRecord: Sendable, Hashable {
  /// A number or a text under a name, such as `reward/mean` or `training.steps`.
  package enum Fact: Sendable, Hashable {
    case number(Double)
    case text(String)
  }

  /// The run's folder; one run a folder.
  package var folder: String
  /// Options by their key path, metrics by their name, and `name`, `stage`, `algorithm`, `status` and the like.
  package var facts: [String: Fact]

  package init(folder: String, facts: [String: Fact]) {
    self.folder = folder
    self.facts = facts
  }
}

extension RunRecord.Fact: CustomStringConvertible {
  /// A number without a needless fraction, or the text.
  package var description: String {
    switch self {
    case .text(let text): text
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15 ? "\(Int(saturating: number))" : "\(number)"
    }
  }
}
