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
    /// A number of seconds that is a length or a distance from something, such as `3 seconds later`.
    case length
    /// A dash, an arrow, *to*, *until*.
    case range
    case and, or, comma, newline, stop, colon, open, close, between
    /// *Also*, *then*, *again*: one more answer.
    case also
    /// *From*, *starts*: a time that follows is an onset.
    case start
    /// *Ends*: a time that follows is an offset.
    case end
    /// A word that may stand before a bare time, such as *at*.
    case introducing
    /// *Is*, which says what something is, and may stand before a bare time.
    case copula
    /// A word that makes a number beside it a count, such as *bar* or *BPM*.
    case counting
    /// The name of a unit without a number before it; `unit` says which.
    case unitWord
    /// *Half*, which changes the number beside it.
    case half
    /// A number in words, `value`; a word where no unit follows it.
    case numeral
    /// The number or mark of a list's item at the start of a line.
    case bullet
    /// *Answer*: what follows is meant.
    case marker
    /// `\boxed`: what the bracket after it holds is meant.
    case box
    /// *Final*, before *answer*.
    case final
    /// The key of an object; what it names follows as a token of its own.
    case key
    case not
    case none
    /// *No*, which denies what follows it.
    case no
    /// *Such*, *region*: what a denial denies.
    case stretch
    /// A JSON word where a number belongs; `fault` says what it is.
    case literal
    case null
    /// *Because*, *while*: what follows is about something else.
    case remark
    /// *Maybe*, *wait*: what follows or stands before is not sure.
    case hedge
    /// *Before*, *later*: a number of seconds beside it is a distance.
    case relative
    /// *Long*, *lasting*: a number of seconds beside it is a length.
    case lasting
    /// *Except*: what follows is left out.
    case except
    /// The verb of a clause is denied, in languages that end with it.
    case negated
    /// *Cannot*, *unable*.
    case cannot
    /// *Können*, *puedo*: cannot, where the sentence also denies.
    case can
    /// *Ability*, *access*.
    case ability
    /// *Don't*, *lack*.
    case lack
    /// *Listen*, *hear*, *audio*.
    case listen
    /// *Determine*, *tell*.
    case tell
    /// *Sorry*, *AI*, *model*.
    case apology
    /// *You*: somebody else than the one who answers.
    case you
    case never
    /// *Plays*, *occurs*, *present*.
    case presence
    /// *Example*, *thought*, *by*: the time beside it is no answer; the sense says which time.
    case doubt
    /// What `"duration"` gives an object with a start; `value` in seconds.
    case extent
    /// Any other word, or several.
    case word
  }

  /// What tells the words of one kind apart.
  enum Sense: UInt8 {
    case plain
    /// *Duration*: a stretch that is a length.
    case length
    /// *For*: often no more than a preposition.
    case preposition
    /// *Should*, *corrected*: corrects what stands before it.
    case correcting
    case only
    /// *First*, *every*, *under*: the seconds behind it are a length or a bound.
    case measuring
    /// *All*, *everything*: what an exception is made from.
    case whole
    /// *Doubt*, *stops*: where it is denied, nothing is said to be absent.
    case harmless
    /// *Intro*, *chorus*, *yet*: a part of the track.
    case place
    /// *Schluss*: the end of the track.
    case finish
    /// *Left*, *to go*: counts from the end.
    case remaining
    /// *Al*, *do*: joins two times, or introduces one; a dash with a blank before it; *but*.
    case joining
    /// *Apart*, *than*: may leave out what follows.
    case excepting
    /// *Enters*, in languages whose other words are not read.
    case entering
    /// *Of*, in languages in which it follows a denial.
    case of
    /// *Later*: the distance before it is counted from the time before.
    case later
    /// *Into*: a time before it and a part of the track behind it are a distance.
    case into
    /// *Wrong*: denies the time that it is said of.
    case wrong
    /// *Op.*: the number behind it names a piece.
    case opus
    /// *Minutes*, where it counts.
    case unit
    /// *About*, before a time.
    case approximate
    /// *Track*, *song*: said to be so long, *the clip is 180 seconds*.
    case piece
    /// *Of* behind seconds: *57 seconds of silence*.
    case parting
    /// *Break*, *gap*: its times are no part of the answer.
    case gap
    /// *Doubt*, unless *no* stands before it.
    case doubting
    /// *By*, *within*: bounds the time right behind it.
    case bound
    /// *At the latest*: bounds the time beside it.
    case latest
    /// *Disagree*: of the time before it in its sentence.
    case disagreeing
    /// A question mark.
    case asking
    /// *According*, *please*: makes a time no answer where the question, or the one who asks, follows.
    case quoting
    /// *Another*, *previous*: of a clip that was not asked about.
    case elsewhere
    /// *Silent*: said of something behind its time.
    case silent
    /// *Upload*, *check*: what the one who asks is asked to do.
    case requested
    /// *Stops*, *leaves*: the end of what starts before it; where it is denied, nothing is said to be absent.
    case stopping
    /// *Would*; with *have* behind it, what was not.
    case would
    /// *Have*, where nothing stands before it.
    case perfect
    /// *Would have*.
    case hypothetical
    /// *Any*, denied: *there isn't any flute*.
    case any
    /// *If*.
    case conditional
    /// *I mean*, *strike that*: takes back what stands before it.
    case retracting
    /// *Unknown*, *unclear*.
    case unknown
    /// *Covers*, *received*, *limit*: says how much of the track there is, or was heard.
    case covering
    /// *Before*, *prior*: bounds the time right behind it.
    case preceding
  }

  var kind: Kind
  /// Seconds, for the first three kinds; the number that a numeral says.
  var value = 0.0
  var fault: Fault?
  /// Whether a comma and a digit follow without a blank, so that the comma may be a decimal one.
  var isGlued = false
  /// The one unit of a number, or the unit that a word names; `nil` where a time has several.
  var unit: AnswerLexer.Unit?
  var sense = Sense.plain
  /// What words name, such as an instrument, or of a colon the words before it; 0 where they name nothing.
  ///
  /// Of a number 1 where it has a fraction.
  var label: UInt32 = 0

  init(_ kind: Kind, value: Double = 0, fault: Fault? = nil, isGlued: Bool = false, unit: AnswerLexer.Unit? = nil) {
    self.kind = kind
    self.value = value
    self.fault = fault
    self.isGlued = isGlued
    self.unit = unit
  }

  init(_ kind: Kind, _ sense: Sense) {
    self.kind = kind
    self.sense = sense
  }

  /// A word that is no keyword, with what it names.
  init(naming key: AnswerKeywords.Key) {
    kind = .word
    if key.length > 2, key != Self.article { label = key.label }
  }

  private static let article = AnswerKeywords.Key("the")

  /// A time whose unit is written.
  var isExplicitTime: Bool { kind == .clock || kind == .seconds }

  var isTime: Bool { isExplicitTime || kind == .number }

  /// Whether this ends a sentence.
  var isEnd: Bool { kind == .stop || kind == .newline }

  /// Whether a denial of this word denies nothing: *no doubt*, *never stops*.
  var isHarmless: Bool { sense == .harmless || sense == .stopping || sense == .doubting || sense == .retracting }

  /// Whether this is a word that says something beside the answer.
  var isProse: Bool {
    switch kind {
    case .word, .except, .negated, .counting, .stretch, .no, .unitWord, .half, .remark, .hedge, .relative, .lasting, .cannot,
      .can, .ability,
      .lack, .listen, .tell,
      .apology, .you, .never, .presence, .length, .final, .doubt:
      true
    default: false
    }
  }

  var isWordlike: Bool {
    switch kind {
    case .introducing, .copula, .start, .end, .not, .between, .also: true
    default: isProse
    }
  }

  /// Whether this may stand between what introduces an answer and the answer.
  var isFiller: Bool {
    switch kind {
    case .introducing, .copula, .start, .between, .open, .close, .colon, .range, .final, .stretch, .key: true
    case .unitWord: unit == .second
    default: false
    }
  }
}
