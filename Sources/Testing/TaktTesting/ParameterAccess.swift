/// A way into a policy's parameters, so that its gradients can be compared with finite differences.
public struct ParameterAccess: Sendable {
  /// How many numbers there are.
  public var count: Int
  public var value: @Sendable (Int) async -> Float
  public var setValue: @Sendable (Int, Float) async -> Void
  /// The accumulated derivative by a parameter, before it is clipped or applied.
  public var gradient: @Sendable (Int) async -> Float

  public init(
    count: Int, value: @escaping @Sendable (Int) async -> Float, setValue: @escaping @Sendable (Int, Float) async -> Void,
    gradient: @escaping @Sendable (Int) async -> Float
  ) {
    self.count = count
    self.value = value
    self.setValue = setValue
    self.gradient = gradient
  }
}

extension TabularPolicy {
  public nonisolated var parameterAccess: ParameterAccess {
    ParameterAccess(
      count: promptCount * positionCount * (words.count + 2), value: { await self.parameters[$0] },
      setValue: { await self.setParameter($0, to: $1) }, gradient: { await self.gradient[$0] })
  }

  private func setParameter(_ index: Int, to value: Float) { parameters[index] = value }
}
