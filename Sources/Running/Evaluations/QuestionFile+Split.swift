import Files
import Foundation
package import MusTBench
package import Questions

extension QuestionFile {
  /// Reads parts written `name=share`.
  package static func split(_ texts: [String]) throws -> TrackSplit {
    let parts = try texts.map { text -> TrackSplit.Part in
      let sides = text.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, !sides[0].contains("/"), let share = Double(sides[1]), (0...1).contains(share)
      else {
        throw NamedError("the part '\(text)' must be written name=share, such as train=0.8, with a share of 0…1")
      }
      return TrackSplit.Part(name: String(sides[0]), share: share)
    }
    let sum = parts.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) < 1e-6, Set(parts.map(\.name)).count == parts.count else {
      throw NamedError("the shares of the parts add up to \(sum): they must add up to 1, under different names")
    }
    return TrackSplit(parts)
  }

  /// Writes a file for each part into a folder and returns a line about each.
  package static func write(
    _ questions: [Question], split: TrackSplit, to folder: String, columns: Columns
  ) throws -> [String] {
    try StoredFolder.make(folder)
    let parts = Dictionary(grouping: questions) { split.part(of: $0) }
    return try split.parts.map { part in
      let own = parts[part.name] ?? []
      let path = "\(folder)/\(part.name).jsonl"
      try write(own, to: path, columns: columns, split: split)
      return "\(path): \(own.count) questions about \(Set(own.map(\.trackID)).count) tracks"
    }
  }
}
