/// The mean of a metric over about the latest `span` steps, in two numbers that fit a checkpoint.
///
///     m ← m + (x − m)/min(n, span)
///
/// after the n-th observation x: the plain mean of the first `span`, then one that forgets at the rate 1/span.
struct RecentMean: Sendable, Hashable {
  let span: Int
  private(set) var mean = 0.0
  private(set) var count = 0.0

  init(span: Int) {
    self.span = span
  }

  /// Whether it speaks of `span` observations at least.
  var isSettled: Bool { count >= Double(span) }

  /// What is no finite number is left out.
  mutating func add(_ value: Double?) {
    guard let value, value.isFinite else { return }
    count += 1
    mean += (value - mean) / min(count, Double(span))
  }

  var state: [String: Double] {
    get { ["mean": mean, "count": count] }
    set {
      mean = newValue["mean"] ?? 0
      count = newValue["count"] ?? 0
    }
  }
}

/// Lets a condition speak once when it comes true, and again only after it has been false for `span` events in a row.
struct Latch: Sendable, Hashable {
  let span: Int
  private(set) var isRaised = false
  private var calm = 0.0

  init(span: Int) {
    self.span = span
  }

  mutating func rises(_ holds: Bool) -> Bool {
    calm = holds ? 0 : calm + 1
    if isRaised, calm >= Double(span) { isRaised = false }
    guard holds, !isRaised else { return false }
    isRaised = true
    return true
  }

  var state: [String: Double] {
    get { ["raised": isRaised ? 1 : 0, "calm": calm] }
    set {
      isRaised = newValue["raised"] == 1
      calm = newValue["calm"] ?? 0
    }
  }
}

extension [String: Double] {
  /// These numbers with a prefix, for a state of several parts.
  func under(_ prefix: String) -> [String: Double] {
    [String: Double](uniqueKeysWithValues: map { ("\(prefix)/\($0.key)", $0.value) })
  }

  /// Those under a prefix, without it.
  func part(_ prefix: String) -> [String: Double] {
    var part: [String: Double] = [:]
    for (key, value) in self where key.hasPrefix(prefix + "/") { part[String(key.dropFirst(prefix.count + 1))] = value }
    return part
  }
}
