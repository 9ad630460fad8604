extension UInt8 {
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// The value of a digit.
  var digit: Int { Int(self &- UInt8(ascii: "0")) }

  var isCapital: Bool { self &- UInt8(ascii: "A") < 26 }

  /// An ASCII letter, an underscore, or the stand-in for a letter of another alphabet.
  var isLetter: Bool {
    (self | 0x20) &- UInt8(ascii: "a") < 26 || self == UInt8(ascii: "_") || self == FoldedText.foreignLetter
  }

  var isLineBreak: Bool { self == 0x0A || self == 0x0D }

  /// White space or a control character other than the stand-in for a foreign letter.
  var isBlank: Bool { self <= 0x20 && self != FoldedText.foreignLetter }

  /// An ASCII letter in lower case; other bytes as they are.
  var lowercased: UInt8 { isCapital ? self | 0x20 : self }
}
