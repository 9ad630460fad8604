/// What was asked for and cannot be had, in words that hold all a person needs: a name that is in no catalogue, two options that exclude
/// one another.
package struct NamedError: Error, Sendable, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
