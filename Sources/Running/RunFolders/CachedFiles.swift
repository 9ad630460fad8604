import Foundation

/// Files of one kind in a folder that may be made again, kept within a number of bytes.
package struct CachedFiles: Sendable {
  package let folder: String
  /// What their names end in, such as `.track`.
  package let ending: String
  /// Bytes that they may take after ``trim()``.
  package let limit: Int
  /// Seconds since their last use for which they stay, whatever they take: who was told of one may not have read it yet.
  package let spared: Double

  /// Megabytes: a million terabytes.
  package static let largestLimit = 1_000_000_000_000

  package init(folder: String, ending: String, limit: Int, spared: Double = 0) {
    (self.folder, self.ending, self.limit, self.spared) = (folder, ending, limit, spared)
  }

  /// Bytes that `TAKT_CACHE_MB` allows, 2,000 MB where it does not say.
  package static func limit(in environment: [String: String]) -> Int {
    min(max(0, environment["TAKT_CACHE_MB"].flatMap(Int.init) ?? 2000), largestLimit) * 1_000_000
  }

  /// Has a file count as used now.
  package static func touch(_ path: String) { utimes(path, nil) }

  /// Removes the files that were not used for longest until the others are within the limit, and what killed processes left.
  package func trim() {
    var files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap {
      name -> (path: String, size: Int, date: Date)? in
      let path = "\(folder)/\(name)"
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
      let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
      return (path, size, attributes[.modificationDate] as? Date ?? .distantPast)
    }
    let hourAgo = Date(timeIntervalSinceNow: -3600)
    for file in files where file.path.hasSuffix(".partial") && file.date < hourAgo { unlink(file.path) }
    files.removeAll { !$0.path.hasSuffix(ending) }
    let isOld = Date(timeIntervalSinceNow: -spared)
    var total = files.reduce(0) { $0 + $1.size }
    for file in files.sorted(by: { $0.date < $1.date }) where total > limit && (spared == 0 || file.date < isOld) {
      unlink(file.path)
      total -= file.size
    }
  }
}
