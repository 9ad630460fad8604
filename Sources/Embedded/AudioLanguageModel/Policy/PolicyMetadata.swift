import Options
import Policies
import Tensors

/// What a policy's file says beside its parameters: the options of its model by name, its vocabulary, its encoder.
struct PolicyMetadata {
  /// Written by versions whose files say their shape; those before wrote "… 1" and the vocabulary alone.
  static let format = "takt embedded policy 2"
  static let formatKey = "format"
  static let vocabularyKey = "vocabulary"
  /// The instruments of the encoder, a line each.
  static let instrumentsKey = "instruments"
  static let encoderWidthKey = "encoder-width"
  static let encoderFileKey = "encoder"
  static let encoderChecksumKey = "encoder-checksum"
  /// Longest value that a message repeats.
  private static let quoted = 80

  /// Key → value, as in the file.
  let entries: [String: String]

  init(_ entries: [String: String]) {
    self.entries = entries
  }

  init(
    _ model: AudioLanguageModelConfiguration, vocabulary: Vocabulary, encoder: MusicEncoderConfiguration,
    heardThrough: EncoderReference?
  ) {
    var entries = [
      Self.formatKey: Self.format, Self.vocabularyKey: vocabulary.texts.joined(separator: " "),
      Self.instrumentsKey: encoder.instruments.joined(separator: "\n"), Self.encoderWidthKey: "\(encoder.width)",
    ]
    for entry in model.entries { entries[entry.key] = Self.text(of: entry.value) }
    if let heardThrough {
      entries[Self.encoderFileKey] = heardThrough.file
      entries[Self.encoderChecksumKey] = heardThrough.checksum
    }
    self.entries = entries
  }

  /// Whether the file says its shape.
  var hasShape: Bool { entries[Self.formatKey] == Self.format }

  var instruments: [String]? {
    entries[Self.instrumentsKey].map { $0.split(separator: "\n").map(String.init) }
  }

  var heardThrough: EncoderReference? {
    guard let file = entries[Self.encoderFileKey], let checksum = entries[Self.encoderChecksumKey] else { return nil }
    return EncoderReference(file: file, checksum: checksum)
  }

  /// The shape that the entries describe; every issue is reported with its key, the value seen and those allowed.
  func model() throws(OptionError) -> AudioLanguageModelConfiguration {
    var issues: [OptionIssue] = []
    let given = AudioLanguageModelConfiguration().entries.compactMap { entry -> OptionEntry? in
      guard let text = entries[entry.key] else {
        issues.append(OptionIssue(path: entry.key, line: nil, message: "is missing"))
        return nil
      }
      return OptionEntry(key: entry.key, value: Self.value(text, like: entry.value.content))
    }
    var options = OptionReader(OptionValue(.map(given)))
    let model = AudioLanguageModelConfiguration(options: &options)
    issues += options.closed()
    guard issues.isEmpty else { throw OptionError(issues) }
    return model
  }

  /// The first of a model's options that the entries give another value.
  func difference(from options: [OptionEntry]) -> (key: String, here: String, file: String)? {
    for option in options {
      let here = Self.text(of: option.value)
      if let written = entries[option.key], written != here { return (option.key, here, Self.shortened(written)) }
    }
    return nil
  }

  /// A number, flag or name as it is written, words with blanks between.
  static func text(of value: OptionValue) -> String {
    switch value.content {
    case .flag(let flag): "\(flag)"
    case .list(let items): items.map(text).joined(separator: " ")
    default: value.writtenText ?? ""
    }
  }

  /// The text as a value of the same kind as `content`; as text where it is none.
  private static func value(_ text: String, like content: OptionValue.Content) -> OptionValue {
    switch content {
    case .number: OptionValue(Double(text).map { .number($0) } ?? .text(shortened(text)))
    case .flag: OptionValue(text == "true" || text == "false" ? .flag(text == "true") : .text(shortened(text)))
    case .list: OptionValue(.list(text.split(separator: " ").map { OptionValue(.text(String($0))) }))
    default: OptionValue(.text(shortened(text)))
    }
  }

  static func shortened(_ text: String) -> String { text.count > quoted ? "\(text.prefix(quoted))…" : text }
}
