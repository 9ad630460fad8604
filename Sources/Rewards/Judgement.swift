/// What a composition of rewards says of one answer.
public struct Judgement: Sendable, Hashable {
  /// The weighted sum; `nil` where nothing applied that tells right from wrong.
  public var total: Double?
  /// The score of each component before its weight, in the order of the composition; `nil` where it did not apply.
  public var components: [Double?]

  public init(total: Double? = nil, components: [Double?] = []) {
    self.total = total
    self.components = components
  }
}
