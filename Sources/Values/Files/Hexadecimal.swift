package enum Hexadecimal {
  /// All digits of a number, in lower case, with its leading zeros.
  package static func digits<Number: FixedWidthInteger & UnsignedInteger>(of number: Number) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: Number.bitWidth / 4 - digits.count) + digits
  }
}
