/// Floating point to whole numbers without traps: the one place where Takt converts, which `Tests/checks/conversions.py` holds.
///
/// The standard library's `Int(x)` ends the process where `x` is not finite or lies outside the type. Here a number that may come from
/// outside is either asked whether it fits (`checked`) or brought to the nearest value that does (`saturating`).
extension FixedWidthInteger {
  /// `value` without its fraction, brought into the type's range; 0 for NaN.
  @inlinable package init(saturating value: Double) {
    // Past 2⁶³ only unsigned types of 64 bits have values of their own.
    if value >= 0x1p63 {
      self = !Self.isSigned && Self.bitWidth == 64 && value < 0x1p64 ? Self(value) : Self.max
    } else {
      self.init(clamping: Int(saturating: value))
    }
  }

  /// As for `Double`.
  @inlinable package init(saturating value: Float) {
    self.init(saturating: Double(value))
  }

  /// `value` without its fraction; `nil` where it is not finite or lies outside the type.
  @inlinable package init?(checked value: Double) {
    self.init(exactly: value.rounded(.towardZero))
  }

  /// As for `Double`.
  @inlinable package init?(checked value: Float) {
    self.init(checked: Double(value))
  }
}

/// The same for `Int` alone, where all constants are known when it is inlined into a loop.
extension Int {
  /// `value` without its fraction, brought into the type's range; 0 for NaN.
  @inlinable package init(saturating value: Double) {
    if value >= 0x1p63 {
      self = .max
    } else if value > -0x1p63 {
      self = Int(value)
    } else {
      self = value.isNaN ? 0 : .min
    }
  }

  /// As for `Double`.
  @inlinable package init(saturating value: Float) {
    self.init(saturating: Double(value))
  }
}
