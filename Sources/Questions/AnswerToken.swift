/// A piece of an answer as the time grammars see it.
struct AnswerToken {
  enum Kind: UInt8 {
    /// `M:SS` or `H:MM:SS`.
    case clock
    /// A number with a unit of time.
    case seconds
    /// A number without a unit.
    case number
    /// What looks like a time and is none; `fault` says why.
    case fault
    /// A dash, an arrow, *to*, *until*.
    case range
    case and, or, comma, newline, stop, colon, open, close, between
    /// *From*, *starts*: a time that follows is an onset.
    case start
    /// *Ends*: a time that follows is an offset.
    case end
    /// A word that may stand before a bare time, such as *at*.
    case introducing
    /// A word that makes a number beside it a count, such as *bar* or *BPM*.
    case counting
    /// *Answer*: what follows is meant.
    case marker
    case not
    case none
    /// *No*, which denies what follows it.
    case no
    /// *Such*, *region*: what a denial denies.
    case stretch
    /// A JSON word where a number belongs; `fault` says what it is.
    case literal
    case null
    /// Any other word, or several.
    case word
  }

  var kind: Kind
  /// Seconds, for the first three kinds.
  var value = 0.0
  var fault: Fault?
  /// Whether a comma and a digit follow without a blank, so that the comma may be a decimal one.
  var isGlued = false

  init(_ kind: Kind, value: Double = 0, fault: Fault? = nil, isGlued: Bool = false) {
    self.kind = kind
    self.value = value
    self.fault = fault
    self.isGlued = isGlued
  }

  /// A time whose unit is written.
  var isExplicitTime: Bool { kind == .clock || kind == .seconds }

  var isTime: Bool { isExplicitTime || kind == .number }

  var isWordlike: Bool {
    switch kind {
    case .word, .introducing, .start, .end, .counting, .not, .no, .between, .stretch: true
    default: false
    }
  }
}
