import Numbers

/// A value in an experiment file, with the line it came from.
public struct OptionValue: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([OptionValue])
    /// Keys in the order of the file.
    case map([OptionEntry])
  }

  public var content: Content
  /// Counted from 1; `nil` for a value that no file holds.
  public var line: Int?
  /// A number, a flag or nothing as the file writes it, for whoever wants the text: `3.10` is no `3.1` where it names something.
  package var source: String?

  public init(_ content: Content, line: Int? = nil, source: String? = nil) {
    self.content = content
    self.line = line
    self.source = source
  }

  /// How a number was written makes no difference.
  public static func == (a: OptionValue, b: OptionValue) -> Bool { a.content == b.content && a.line == b.line }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(content)
    hasher.combine(line)
  }

  /// A text, or a number as its file writes it; `nil` for anything else.
  package var writtenText: String? {
    switch content {
    case .text(let text): text
    case .number(let number): source ?? OptionValue.written(number)
    default: nil
    }
  }

  public static let emptyMap = OptionValue(.map([]))

  /// What kind of thing it is, in words for a message.
  package var kind: String {
    switch content {
    case .null: "nothing"
    case .flag(let value): "\(value)"
    case .number(let value): OptionValue.written(value)
    case .text(let value): "'\(value)'"
    case .list: "a list"
    case .map: "a map"
    }
  }

  /// What makes a text of something that YAML takes for something else.
  var quoting: String {
    switch content {
    case .null, .flag: "; put it in quotes where it is meant as text"
    default: ""
    }
  }

  /// A number without a needless fraction.
  package static func written(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(saturating: number))" : "\(number)"
  }
}

/// One key of a map with its value.
public struct OptionEntry: Sendable, Hashable {
  public var key: String
  public var value: OptionValue

  public init(key: String, value: OptionValue) {
    self.key = key
    self.value = value
  }
}
