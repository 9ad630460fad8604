/// A tensor that a ``Tape`` knows: a constant, a parameter, or the result of an operation.
///
/// Valid for the tape that made it.
public struct Variable {
  /// Where the tape keeps the derivative.
  let index: Int
  public let value: Tensor
  /// Whether the tape follows derivatives through it: false for constants, frozen parameters and what depends on these only.
  public let needsGradient: Bool

  public var shape: [Int] { value.shape }
}
