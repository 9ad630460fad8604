/// Passes on what is measured under some names, and leaves out the rest of each event.
///
/// A pattern is a name in which `*` stands for any characters, slashes too: `reward/*`. A name passes where any pattern of
/// `include` fits (or there is none) and no pattern of `exclude` does. A step or an evaluation of which nothing is left is not
/// passed on; events of other kinds always are.
package struct NameFilter: RunLogSink {
  private let include: [String]
  private let exclude: [String]
  private let sink: any RunLogSink

  package init(include: [String] = [], exclude: [String] = [], to sink: any RunLogSink) {
    self.include = include
    self.exclude = exclude
    self.sink = sink
  }

  package func record(_ event: RunEvent) async throws {
    var event = event
    event.scalars = event.scalars.filter { passes($0.key) }
    event.distributions = event.distributions.filter { passes($0.key) }
    event.texts = event.texts.filter { passes($0.key) }
    let isMeasurement = event.kind == .step || event.kind == .evaluation
    let isEmpty = event.scalars.isEmpty && event.distributions.isEmpty && event.texts.isEmpty && event.text.isEmpty
    if !isMeasurement || !isEmpty { try await sink.record(event) }
  }

  package func finish() async throws { try await sink.finish() }

  package func warnings() async -> [String] { await sink.warnings() }

  private func passes(_ name: String) -> Bool {
    (include.isEmpty || include.contains { Self.fits(name, $0) }) && !exclude.contains { Self.fits(name, $0) }
  }

  /// Whether `name` has the form of `pattern`.
  static func fits(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let head = parts.first, let tail = parts.last else { return name == pattern }
    guard name.hasPrefix(head), name.hasSuffix(tail), name.count >= head.count + tail.count else { return false }
    var rest = name.dropFirst(head.count).dropLast(tail.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
