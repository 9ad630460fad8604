/// What happens to bad input: the first is an error, or it is left out and remembered.
package struct Intake: Sendable {
  package let skipsBad: Bool
  /// What was left out and why, each with file and line, in order.
  package private(set) var skipped: [String] = []

  package init(skipsBad: Bool) {
    self.skipsBad = skipsBad
  }

  /// Throws `reason` unless bad input is skipped.
  package mutating func refuse(_ reason: any Error) throws {
    guard skipsBad else { throw reason }
    skipped.append("\(reason)")
  }

  /// How much was skipped and what; empty where nothing was.
  package var report: String {
    skipped.isEmpty ? "" : "skipped \(skipped.count):\n" + skipped.map { "  \($0)\n" }.joined()
  }
}
