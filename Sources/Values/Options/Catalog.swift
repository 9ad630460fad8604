/// The parts of one kind that a file, a command or a program may name: rewards, algorithms, sinks, tasks and others.
///
/// `Part` is what is listed, most often a metatype such as `any TemporalReward.Type`, and `Made` what one of it becomes once it has
/// read its options. Every kind gets the same messages and the same `takt list` from it; a package of one's own adds to it with
/// ``adding(_:)``.
public struct Catalog<Part: Sendable, Made>: Sendable {
  /// What one part is called in messages, such as `reward`.
  package let noun: String
  /// What `takt list` calls the kind, such as `rewards`.
  package let plural: String
  /// The option that names a part.
  package let key: String
  /// In the order in which they were listed.
  public private(set) var all: [Part] = []
  private let nameOf: @Sendable (Part) -> String
  private let summaryOf: @Sendable (Part) -> String
  private let makeOf: @Sendable (Part, inout OptionReader) -> Made
  private let faultOf: @Sendable (Part) -> String?

  /// A catalogue without parts.
  ///
  /// - Parameters:
  ///   - plural: `noun` with an s, unless said.
  ///   - key: `noun`, unless said.
  ///   - make: Reads the options of a part from the map that names it.
  ///   - fault: What is wrong with a part, in words that follow its name; it is then refused.
  public init(
    _ noun: String, plural: String? = nil, key: String? = nil, name: @escaping @Sendable (Part) -> String,
    summary: @escaping @Sendable (Part) -> String, make: @escaping @Sendable (Part, inout OptionReader) -> Made,
    fault: @escaping @Sendable (Part) -> String? = { _ in nil }
  ) {
    self.noun = noun
    self.plural = plural ?? noun + "s"
    self.key = key ?? noun
    nameOf = name
    summaryOf = summary
    makeOf = make
    faultOf = fault
  }

  /// This catalogue with more parts, such as those of another package.
  ///
  /// Throws where a name is taken, empty, or holds anything but letters, digits, `-`, `_`, `.` and `+`,
  /// and where the part itself is at fault.
  public func adding(_ more: [Part]) throws(CatalogError) -> Self {
    var catalog = self
    for part in more {
      let name = name(of: part)
      if let other = catalog[name] {
        throw CatalogError(
          "two \(plural) are named '\(name)': \(Self.source(of: other)) and \(Self.source(of: part)); give one another name")
      }
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.+".contains($0) }) else {
        throw CatalogError(
          "'\(name)' cannot name the \(noun) \(Self.source(of: part)): a name holds letters, digits, '-', '_', '.' and '+'")
      }
      if let fault = faultOf(part) {
        throw CatalogError("the \(noun) '\(name)' (\(Self.source(of: part))) \(fault)")
      }
      catalog.all.append(part)
    }
    return catalog
  }

  /// This catalogue with the parts that Takt lists itself; two of one name are a fault of Takt's, and trap.
  package func listing(_ parts: [Part]) -> Self {
    do throws(CatalogError) {
      return try adding(parts)
    } catch {
      preconditionFailure(error.description)
    }
  }

  public var names: [String] { all.map(nameOf) }

  public subscript(name: String) -> Part? { all.first { nameOf($0) == name } }

  package func name(of part: Part) -> String { nameOf(part) }

  /// What it is, in a sentence.
  package func summary(of part: Part) -> String { summaryOf(part) }

  /// The part of this name; throws what is known, and what may have been meant, where there is none.
  package func part(named name: String) throws(CatalogError) -> Part {
    guard let part = self[name] else { throw CatalogError(unknown: name, what: noun, known: names) }
    return part
  }

  /// The part that the map's ``key`` names; an unknown name is recorded.
  package func chosen(options: inout OptionReader) -> Part? {
    let name = options.text(key, help: "name of the \(noun); `takt list \(plural)` shows them")
    if let part = self[name] { return part }
    options.recordUnknown(noun, name: name, known: names, at: key)
    return nil
  }

  /// The part that the map's ``key`` names, with its options from the same map; an unknown name is recorded.
  package func make(options: inout OptionReader) -> Made? {
    chosen(options: &options).map { makeOf($0, &options) }
  }

  /// A part of this catalogue with its options from this map.
  package func make(_ part: Part, options: inout OptionReader) -> Made { makeOf(part, &options) }

  /// Reads the list under `list`, in which a name alone stands for its defaults; unknown names are recorded and left out.
  package func makeList(_ list: String, options: inout OptionReader, default fallback: [String] = []) -> [Made] {
    options.sections(list, shorthand: key, default: fallback.map { OptionValue(.text($0)) }) { make(options: &$0) }
      .compactMap { $0 }
  }

  /// The options of a part, as it reads them where a file gives none.
  package func descriptions(of part: Part) -> [OptionReader.Description] {
    var options = OptionReader()
    _ = makeOf(part, &options)
    return options.descriptions
  }

  /// The type that a part comes from, with its module.
  private static func source(of part: Part) -> String {
    part is any Any.Type ? String(reflecting: part) : String(reflecting: type(of: part as Any))
  }
}

/// A name that no part has, or that two have.
public struct CatalogError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }

  /// No part is named `name`.
  init(unknown name: String, what: String, known: [String]) {
    self.init(Self.unknown(name, what: what, known: known))
  }

  /// Such as "no reward is named 'onset-eror'; did you mean 'onset-error'? known: onset-error, iou".
  static func unknown(_ name: String, what: String, known: [String]) -> String {
    let meant = Suggestion.words(for: name, among: known)
    return "no \(what) is named '\(name)'\(meant.isEmpty ? ";" : meant) known: \(known.joined(separator: ", "))"
  }
}
