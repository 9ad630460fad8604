/// Reads the options of one part of an experiment file, key by key.
///
/// Every read names its default, range and meaning, so defaults stand in one place, `resolved` holds the complete choice, and
/// `descriptions` is the part's manual. A read that fails records an issue and returns the default, so that all issues of a
/// file are reported together; a key that nobody read is an issue too.
///
///     init(options: inout OptionReader) {
///       scale = options.number("scale", default: 15, in: 0.001...600, unit: "s", help: "width τ of the exponential")
///     }
public struct OptionReader: Sendable {
  /// One option as its part reads it.
  public struct Description: Sendable, Hashable {
    public var key: String
    package var allowed: String
    package var fallback: String
    package var help: String
  }

  /// Keys from the top of the file.
  package let path: String
  private let line: Int?
  private var unread: [OptionEntry]
  package private(set) var resolved: [OptionEntry] = []
  public private(set) var descriptions: [Description] = []
  public private(set) var issues: [OptionIssue] = []
  /// Whether keys that nobody read are let be: nothing is known of them.
  private var passesOver = false
  /// Whether that holds of every map within too.
  package private(set) var isLenient = false
  /// Sections that were read from, which stay open for other parts until ``closed()``.
  private var openSections: [(key: String, reader: OptionReader)] = []
  /// Whether defaults come from a program's own values and so may be out of range.
  private let checksDefaults: Bool

  /// A value that is not a map is an issue.
  public init(_ value: OptionValue = .emptyMap, path: String = "") {
    self.init(value, path: path, checksDefaults: false)
  }

  init(_ value: OptionValue = .emptyMap, path: String, checksDefaults: Bool) {
    self.path = path
    self.checksDefaults = checksDefaults
    line = value.line
    switch value.content {
    case .map(let entries):
      unread = entries
      var seen: Set<String> = []
      for entry in entries where !seen.insert(entry.key).inserted {
        record("is written twice", at: entry.key, line: entry.value.line)
      }
    case .null: unread = []
    default:
      unread = []
      issues.append(OptionIssue(path: path, line: value.line, message: "must be a map of options, not \(value.kind)"))
    }
  }

  /// A reader that lets keys be that nobody reads, here and in the maps within: what an arm takes over from another stage.
  public init(lenient value: OptionValue, path: String = "") {
    self.init(value, path: path)
    isLenient = true
  }

  /// Everything read so far as a map, to be written to `resolved.yaml`.
  package var resolvedValue: OptionValue { OptionValue(.map(resolved)) }

  /// Whether the file gives this key.
  public func contains(_ key: String) -> Bool { unread.contains { $0.key == key } }

  /// Records an issue at one of this part's keys, for rules that span several options.
  public mutating func record(_ message: String, at key: String? = nil, line: Int? = nil) {
    issues.append(OptionIssue(path: pathOf(key), line: line ?? self.line, message: message))
  }

  /// Records that nothing of this name exists, with the nearest that does; the part's other keys are let be, since nobody knows what they
  /// should be.
  package mutating func recordUnknown(_ what: String, name: String, known: [String], at key: String) {
    passesOver = true
    guard !name.isEmpty else { return }
    record(CatalogError.unknown(name, what: what, known: known), at: key)
  }

  /// Lets keys be that nobody reads: what they should be hangs on something that is wrong itself.
  package mutating func letBe() { passesOver = true }

  /// A number; `range` is inclusive.
  public mutating func number(
    _ key: String, default fallback: Double, in range: ClosedRange<Double>, unit: String = "", help: String = ""
  ) -> Double {
    let allowed =
      "\(OptionValue.written(range.lowerBound))…\(OptionValue.written(range.upperBound))\(unit.isEmpty ? "" : " " + unit)"
    let fallback = held(fallback, in: range, key, allowed: "a number in \(allowed)")
    describe(key, allowed: allowed, fallback: OptionValue.written(fallback), help: help)
    let number = read(key, allowed: "a number in \(allowed)") { value -> Double? in
      guard case .number(let number) = value.content, range.contains(number) else { return nil }
      return number
    }
    keep(key, .number(number ?? fallback))
    return number ?? fallback
  }

  /// A whole number; `range` is inclusive.
  public mutating func integer(
    _ key: String, default fallback: Int, in range: ClosedRange<Int>, unit: String = "", help: String = ""
  ) -> Int {
    let allowed = "\(range.lowerBound)…\(range.upperBound)\(unit.isEmpty ? "" : " " + unit)"
    let fallback = held(fallback, in: range, key, allowed: "a whole number in \(allowed)")
    describe(key, allowed: allowed, fallback: "\(fallback)", help: help)
    let number = read(key, allowed: "a whole number in \(allowed)") { value -> Int? in
      guard case .number(let number) = value.content, let whole = Int(exactly: number), range.contains(whole) else {
        return nil
      }
      return whole
    }
    keep(key, .number(Double(number ?? fallback)))
    return number ?? fallback
  }

  public mutating func flag(_ key: String, default fallback: Bool, help: String = "") -> Bool {
    describe(key, allowed: "true or false", fallback: "\(fallback)", help: help)
    let flag = read(key, allowed: "true or false") { value -> Bool? in
      guard case .flag(let flag) = value.content else { return nil }
      return flag
    }
    keep(key, .flag(flag ?? fallback))
    return flag ?? fallback
  }

  /// Free text; without a default the key must be given.
  ///
  /// A number is taken as the file writes it. `stored` is what ``resolvedValue`` keeps of it: less than all of a text that holds a
  /// password.
  public mutating func text(
    _ key: String, default fallback: String? = nil, help: String = "", stored: (String) -> String = { $0 }
  ) -> String {
    describe(key, allowed: "text", fallback: fallback ?? "(must be given)", help: help)
    if fallback == nil, !contains(key) { record("is missing: give some text", at: key) }
    let text = read(key, allowed: "text", remedy: \.quoting, \.writtenText)
    keep(key, .text(stored(text ?? fallback ?? "")))
    return text ?? fallback ?? ""
  }

  /// One of a few names.
  public mutating func choice(_ key: String, default fallback: String, of names: [String], help: String = "") -> String {
    precondition(names.contains(fallback), "the default of '\(key)' must be one of its names")
    describe(key, allowed: names.joined(separator: " | "), fallback: fallback, help: help)
    func named(_ value: OptionValue) -> String? { value.writtenText ?? value.source }
    let name = read(
      key, allowed: "one of \(names.joined(separator: ", "))",
      remedy: { Suggestion.words(for: named($0) ?? "", among: names) }
    ) { value -> String? in named(value).flatMap { names.contains($0) ? $0 : nil } }
    keep(key, .text(name ?? fallback))
    return name ?? fallback
  }

  /// One case of an enumeration with textual raw values, by its raw value.
  public mutating func choice<Name>(_ key: String, default fallback: Name, help: String = "") -> Name
  where Name: RawRepresentable & CaseIterable, Name.RawValue == String {
    let names = Name.allCases.map(\.rawValue)
    return Name(rawValue: choice(key, default: fallback.rawValue, of: names, help: help)) ?? fallback
  }

  /// A list of numbers, each in `range`.
  public mutating func numbers(
    _ key: String, default fallback: [Double], in range: ClosedRange<Double>, help: String = ""
  ) -> [Double] {
    let allowed = "a list of numbers in \(OptionValue.written(range.lowerBound))…\(OptionValue.written(range.upperBound))"
    describe(key, allowed: allowed, fallback: "[\(fallback.map(OptionValue.written).joined(separator: ", "))]", help: help)
    func number(_ item: OptionValue) -> Double? {
      guard case .number(let number) = item.content, range.contains(number) else { return nil }
      return number
    }
    let numbers = read(
      key, allowed: allowed,
      seen: { value in
        guard case .list(let items) = value.content else { return value.kind }
        return items.first { number($0) == nil }.map { "one with \($0.kind)" } ?? value.kind
      }
    ) { value -> [Double]? in
      guard case .list(let items) = value.content, items.allSatisfy({ number($0) != nil }) else { return nil }
      return items.compactMap(number)
    }
    keep(key, .list((numbers ?? fallback).map { OptionValue(.number($0)) }))
    return numbers ?? fallback
  }

  /// A list of words, each one of `names` where names are given.
  public mutating func words(_ key: String, default fallback: [String], of names: [String]? = nil, help: String = "")
    -> [String]
  {
    let allowed = names.map { "a list of \($0.joined(separator: ", "))" } ?? "a list of words"
    describe(key, allowed: allowed, fallback: "[\(fallback.joined(separator: ", "))]", help: help)
    if case .text(let text)? = unread.first(where: { $0.key == key })?.value.content, let value = take(key) {
      let list = text.split { $0 == " " || $0 == "," }.joined(separator: ", ")
      record("must be \(allowed), not the text '\(text)': write [\(list)]", at: key, line: value.line)
    }
    func word(_ item: OptionValue) -> String? {
      let word = item.writtenText ?? (names == nil ? nil : item.source)
      return word.flatMap { names?.contains($0) ?? true ? $0 : nil }
    }
    let words = read(
      key, allowed: allowed,
      remedy: { value in
        guard case .list(let items) = value.content, let wrong = items.first(where: { word($0) == nil }) else { return "" }
        guard let names else { return "; \(wrong.kind) is no text\(wrong.quoting)" }
        return Suggestion.words(for: wrong.writtenText ?? "", among: names)
      },
      seen: { value in
        guard case .list(let items) = value.content, let wrong = items.first(where: { word($0) == nil }), names != nil else {
          return value.kind
        }
        return "\(wrong.kind)"
      }
    ) { value -> [String]? in
      guard case .list(let items) = value.content else { return nil }
      let words = items.compactMap(word)
      return words.count == items.count ? words : nil
    }
    keep(key, .list((words ?? fallback).map { OptionValue(.text($0)) }))
    return words ?? fallback
  }

  /// A nested map, read by `body`; an empty one where the file gives none.
  ///
  /// Several parts may read from one section in turn, each what is its own.
  public mutating func section<Result>(_ key: String, _ body: (inout OptionReader) -> Result) -> Result {
    var child = opened(key)
    let result = body(&child)
    close(child, key)
    return result
  }

  /// The reader of a nested map, for a part that reads two sections at once; ``close(_:_:)`` takes it back.
  package mutating func opened(_ key: String) -> OptionReader {
    if let open = openSections.first(where: { $0.key == key }) { return open.reader }
    let child = inside(take(key) ?? .emptyMap, path: pathOf(key))
    openSections.append((key, child))
    issues += child.issues
    keep(key, .map([]))
    return child
  }

  /// Takes back what ``opened(_:)`` gave, with what was read from it meanwhile.
  package mutating func close(_ child: OptionReader, _ key: String) {
    guard let place = openSections.firstIndex(where: { $0.key == key }) else { return }
    let before = openSections[place].reader
    openSections[place].reader = child
    if let kept = resolved.firstIndex(where: { $0.key == key }) { resolved[kept].value = child.resolvedValue }
    issues += child.issues[before.issues.count...]
    descriptions += child.descriptions[before.descriptions.count...].map { description in
      Description(
        key: "\(key).\(description.key)", allowed: description.allowed, fallback: description.fallback, help: description.help)
    }
  }

  /// A list of maps, each read by `body`; `fallback` where the file gives none.
  ///
  /// With a `shorthand`, a plain text in the list stands for a map with that key alone: `csv` for `{sink: csv}`.
  public mutating func sections<Result>(
    _ key: String, shorthand: String? = nil, default fallback: [OptionValue] = [], _ body: (inout OptionReader) -> Result
  ) -> [Result] {
    let value = take(key) ?? OptionValue(.list(fallback))
    var items: [OptionValue] = []
    switch value.content {
    case .list(let list): items = list
    case .null: break
    default: record("must be a list of maps, not \(value.kind)", at: key, line: value.line)
    }
    if let shorthand {
      items = items.map { item in
        guard case .text = item.content else { return item }
        return OptionValue(.map([OptionEntry(key: shorthand, value: item)]), line: item.line)
      }
    }
    var results: [Result] = []
    var resolvedItems: [OptionValue] = []
    for (index, item) in items.enumerated() {
      var child = inside(item, path: "\(pathOf(key))[\(index)]")
      results.append(body(&child))
      resolvedItems.append(child.resolvedValue)
      issues += child.closed()
    }
    keep(key, .list(resolvedItems))
    return results
  }

  /// Records `message` for each option of a part that the file gives here though the part is not used.
  public mutating func refuse(_ part: (inout OptionReader) -> Void, because message: String) {
    for path in unreadKeys(knownTo: part) { drop(path, because: message) }
  }

  /// Keys that the file gives, that nobody has read so far, and that `part` would read: each the keys from here on, outermost first.
  package func unreadKeys(knownTo part: (inout OptionReader) -> Void) -> [[String]] {
    var reading = OptionReader(unreadValue, path: path)
    part(&reading)
    return unreadKeys(known: reading)
  }

  private func unreadKeys(known reading: OptionReader) -> [[String]] {
    let known = Set(reading.resolved.map(\.key))
    return (passesOver ? [] : unread.filter { known.contains($0.key) }.map { [$0.key] })
      + openSections.flatMap { key, section in
        reading.openSections.first { $0.key == key }.map { section.unreadKeys(known: $0.reader).map { [key] + $0 } } ?? []
      }
  }

  /// What nobody has read so far.
  private var unreadValue: OptionValue {
    OptionValue(.map(unread + openSections.map { OptionEntry(key: $0.key, value: $0.reader.unreadValue) }))
  }

  /// Takes a key out that nobody has read, with an issue where a message is given.
  package mutating func drop(_ keys: [String], because message: String? = nil) {
    guard let first = keys.first else { return }
    if keys.count > 1, let place = openSections.firstIndex(where: { $0.key == first }) {
      let seen = openSections[place].reader.issues.count
      openSections[place].reader.drop(Array(keys.dropFirst()), because: message)
      issues += openSections[place].reader.issues[seen...]
    } else if let value = take(first), let message {
      record(message, at: first, line: value.line)
    }
  }

  /// The value as it stands in the file, for a part that another reader will take apart.
  package mutating func raw(_ key: String, help: String = "") -> OptionValue? {
    let value = take(key)
    if let value { keep(key, value.content) }
    return value
  }

  /// All issues, those of keys that nobody read included.
  package func closed() -> [OptionIssue] { issues + strays }

  /// An issue for each key that nobody read, here and in the sections.
  private var strays: [OptionIssue] {
    let known = resolved.map(\.key).sorted()
    let own = (passesOver || isLenient ? [] : unread).map { entry in
      let meant = Suggestion.words(for: entry.key, among: known)
      return OptionIssue(
        path: pathOf(entry.key), line: entry.value.line,
        message: known.isEmpty
          ? "is not an option here; there are none"
          : "is not an option here\(meant.isEmpty ? ";" : meant) known: \(known.joined(separator: ", "))")
    }
    return own + openSections.flatMap { $0.reader.strays }
  }

  /// Throws everything that is wrong, stray keys included.
  public func finish() throws(OptionError) {
    let all = closed()
    guard all.isEmpty else { throw OptionError(all) }
  }

  /// The reader of a map within this one.
  private func inside(_ value: OptionValue, path: String) -> OptionReader {
    var child = OptionReader(value, path: path, checksDefaults: checksDefaults)
    child.isLenient = isLenient
    return child
  }

  private func pathOf(_ key: String?) -> String {
    guard let key else { return path }
    return path.isEmpty ? key : "\(path).\(key)"
  }

  private mutating func take(_ key: String) -> OptionValue? {
    guard let index = unread.firstIndex(where: { $0.key == key }) else { return nil }
    return unread.remove(at: index).value
  }

  private mutating func read<Value>(
    _ key: String, allowed: String, remedy: (OptionValue) -> String = { _ in "" }, seen: (OptionValue) -> String = \.kind,
    _ convert: (OptionValue) -> Value?
  ) -> Value? {
    guard let value = take(key) else { return nil }
    if let converted = convert(value) { return converted }
    record("must be \(allowed), not \(seen(value))\(remedy(value))", at: key, line: value.line)
    return nil
  }

  /// A default within its range; one outside is an issue where a program gave it.
  private mutating func held<Number: Comparable>(
    _ number: Number, in range: ClosedRange<Number>, _ key: String, allowed: String
  ) -> Number {
    guard checksDefaults, !range.contains(number) else { return number }
    let seen = (number as? Double).map(OptionValue.written) ?? "\(number)"
    record("must be \(allowed), not \(seen)", at: key)
    return range.lowerBound
  }

  private mutating func keep(_ key: String, _ content: OptionValue.Content) {
    resolved.append(OptionEntry(key: key, value: OptionValue(content)))
  }

  private mutating func describe(_ key: String, allowed: String, fallback: String, help: String) {
    descriptions.append(Description(key: key, allowed: allowed, fallback: fallback, help: help))
  }
}
