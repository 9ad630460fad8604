import Foundation
import Synchronization
import Testing

/// Which places of a golden line a test has read, by path; items of a list share one.
final class GoldenReadings: Sendable {
  private let paths = Mutex<Set<String>>([])

  func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }
  func contains(_ path: String) -> Bool { paths.withLock { $0.contains(path) } }
}

/// A value of a golden file, decoded to the last bit, that remembers having been read.
struct JSON: Sendable {
  indirect enum Content: Sendable, Decodable {
    case number(Double)
    case list([Content])
    case text(String)
    case null
    case flag(Bool)
    case map([String: Content])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let list = try? container.decode([Content].self) {
        self = .list(list)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else {
        self = .map(try container.decode([String: Content].self))
      }
    }
  }

  let content: Content
  let path: String
  private let readings: GoldenReadings

  init(_ content: Content, path: String = "", readings: GoldenReadings = GoldenReadings()) {
    self.content = content
    self.path = path
    self.readings = readings
  }

  init(decoding data: Data) throws { self.init(try JSONDecoder().decode(Content.self, from: data)) }

  /// Null where there is no such key.
  subscript(key: String) -> JSON {
    let value: Content = if case .map(let members) = content { members[key] ?? .null } else { .null }
    return JSON(value, path: path.isEmpty ? key : "\(path).\(key)", readings: readings)
  }

  var isNull: Bool {
    guard case .null = content else { return false }
    readings.add(path)
    return true
  }

  var optional: Double? {
    readings.add(path)
    if case .number(let number) = content { return number }
    return nil
  }

  var double: Double { optional ?? .nan }
  var int: Int { optional.flatMap { Int(exactly: $0) } ?? .min }

  var bool: Bool {
    readings.add(path)
    if case .flag(let flag) = content { return flag }
    return false
  }

  var text: String {
    readings.add(path)
    if case .text(let text) = content { return text }
    return ""
  }

  var list: [JSON] {
    readings.add(path)
    guard case .list(let items) = content else { return [] }
    return items.map { JSON($0, path: path + "[]", readings: readings) }
  }

  var doubles: [Double] { list.map(\.double) }
  var ints: [Int] { list.map(\.int) }
  var optionals: [Double?] { list.map(\.optional) }
  var matrix: [[Double]] { list.map(\.doubles) }

  var keys: [String] {
    if case .map(let members) = content { return members.keys.sorted() }
    return []
  }

  /// Says that a field has no bearing on the figures here, and is meant to have none.
  func passOver(_ keys: String...) {
    for key in keys { readings.add(self[key].path) }
  }

  /// Paths of everything below that nobody has read.
  var unread: [String] {
    switch content {
    case .map(let members):
      if readings.contains(path) { return [] }
      return members.isEmpty ? [] : members.keys.sorted().flatMap { self[$0].unread }
    case .list(let items):
      let below = items.flatMap { JSON($0, path: path + "[]", readings: readings).unread }
      return readings.contains(path) ? Array(Set(below)).sorted() : [path]
    default: return readings.contains(path) ? [] : [path]
    }
  }
}
