/// Floating point to whole numbers without traps: the one place where Takt converts, held by `experiments/check-conversions.sh`.
///
/// The standard library's `Int(x)` ends the process where `x` is not finite or lies outside the type. Here a number that may come from
/// outside is either asked whether it fits (`checked`) or brought to the nearest value that does (`saturating`).
extension FixedWidthInteger {
  /// `value` rounded by `rule`, toward 0 unless said otherwise, and then brought into the type's range; 0 for NaN.
  @inlinable public init(saturating value: Double, rounding rule: FloatingPointRoundingRule = .towardZero) {
    let whole = value.rounded(rule)
    // Both bounds are exact or rounded outward, so what lies between them converts.
    if whole >= Double(Self.max) {
      self = Self.max
    } else if whole <= Double(Self.min) {
      self = Self.min
    } else {
      self = whole.isNaN ? 0 : Self(whole)
    }
  }

  /// As for `Double`.
  @inlinable public init(saturating value: Float, rounding rule: FloatingPointRoundingRule = .towardZero) {
    let whole = value.rounded(rule)
    if whole >= Float(Self.max) {
      self = Self.max
    } else if whole <= Float(Self.min) {
      self = Self.min
    } else {
      self = whole.isNaN ? 0 : Self(whole)
    }
  }

  /// `value` without its fraction; `nil` where it is not finite or lies outside the type.
  @inlinable public init?(checked value: Double) {
    self.init(exactly: value.rounded(.towardZero))
  }

  /// As for `Double`.
  @inlinable public init?(checked value: Float) {
    self.init(exactly: value.rounded(.towardZero))
  }
}
