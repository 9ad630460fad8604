import Foundation
import Testing

@testable import Files

struct OrderedWorkTests {
  private struct Stop: Error {}

  @Test(arguments: [1, 2, 7]) func resultsComeInOrder(threads: Int) throws {
    let work = OrderedWork<Int, Int>(threads: threads) { number in
      usleep(UInt32.random(in: 0...200))
      return number * number
    }
    for count in [0, 1, 2, 100] {
      var (next, found) = (0, [Int]())
      try work.run {
        defer { next += 1 }
        return next < count ? next : nil
      } body: {
        found.append($0)
      }
      #expect(found == (0..<count).map { $0 * $0 })
    }
  }

  @Test(arguments: [1, 3]) func errorsStandWhereTheyArise(threads: Int) {
    let work = OrderedWork<Int, Int>(threads: threads) { $0 }
    var (next, found) = (0, [Int]())
    #expect(throws: Stop.self) {
      try work.run {
        if next == 20 { throw Stop() }
        next += 1
        return next
      } body: {
        found.append($0)
      }
    }
    #expect(found == Array(1...20))
    next = 0
    found = []
    #expect(throws: Stop.self) {
      try work.run {
        next += 1
        return next
      } body: {
        if $0 == 5 { throw Stop() }
        found.append($0)
      }
    }
    #expect(found == Array(1...4))
  }

  @Test func linesKeepTheirNumbersAcrossPieces() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "pieces-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let lines = (0..<30_000).map {
      $0 % 7 == 0 ? " " : String(repeating: "x", count: $0 % 90 + ($0 == 9999 ? 900_000 : 0)) + "\($0)"
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let handle = try FileHandle(forReadingFrom: file)
    var pieces = LinePieces(handle)
    var (base, count) = (0, 0)
    while let piece = try pieces.next() {
      base += piece.forEachLine { number, line in
        #expect(String(decoding: line, as: UTF8.self) == lines[base + number - 1])
        count += 1
        return true
      }
    }
    #expect(base == lines.count)
    #expect(count == lines.count { $0 != " " })
  }
}
