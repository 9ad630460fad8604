/// Why the index, or a question to it, cannot be used, with the remedy.
public struct RunIndexError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
