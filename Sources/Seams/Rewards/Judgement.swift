/// What a composition of rewards says of one answer.
public struct Judgement: Sendable, Hashable {
  /// The weighted sum; `nil` where nothing applied that tells right from wrong.
  public var total: Double?
  /// The score of each component before its weight, in the order of the composition; `nil` where it did not apply.
  public var components: [Double?]
  /// What the answer would have earned if all of it were as good as this stretch of its text, where a component gives credit by
  /// span; elsewhere `total` stands.
  public var spans: [SpanCredit]

  public init(total: Double? = nil, components: [Double?] = [], spans: [SpanCredit] = []) {
    self.total = total
    self.components = components
    self.spans = spans
  }
}
