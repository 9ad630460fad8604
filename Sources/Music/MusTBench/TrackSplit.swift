import Files
package import Questions
import Randomness

/// Parts of a set of tracks, by a hash of the piece's name: adding tracks moves none, and no piece is in two parts, with all of its
/// excerpts and, where questions say their family, its variations.
package struct TrackSplit: Sendable, Hashable {
  package struct Part: Sendable, Hashable {
    package var name: String
    /// Share of the tracks, in expectation.
    package var share: Double

    package init(name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  package let parts: [Part]

  /// Traps where there is no part, or where shares do not add up to 1.
  package init(_ parts: [Part]) {
    precondition(!parts.isEmpty && parts.allSatisfy { $0.share >= 0 }, "a split has parts with shares that are not negative")
    precondition(abs(parts.reduce(0) { $0 + $1.share } - 1) < 1e-6, "shares add up to 1")
    self.parts = parts
  }

  /// Train 0.8, validation 0.1, test 0.1.
  package static let standard = TrackSplit([
    Part(name: "train", share: 0.8), Part(name: "validation", share: 0.1), Part(name: "test", share: 0.1),
  ])

  /// The part that a track belongs to; excerpts of one piece, such as `song@12-72`, go together.
  package func part(ofTrack trackID: String) -> String { partHolding(Self.piece(ofTrack: trackID)) }

  /// The part that a question's track belongs to; variations of one piece go together.
  package func part(of question: Question) -> String { partHolding(question.piece) }

  package func partHolding(_ piece: String) -> String {
    var stream = RandomStream(seed: Self.hash(piece))
    var point = stream.uniform()
    for part in parts {
      if point < part.share { return part.name }
      point -= part.share
    }
    return parts[parts.count - 1].name
  }

  /// The piece that an excerpt is from: what stands before the last `@`.
  package static func piece(ofTrack trackID: String) -> String {
    guard let mark = trackID.lastIndex(of: "@"), mark != trackID.startIndex else { return trackID }
    return String(trackID[..<mark])
  }

  /// 64-bit FNV-1a of the UTF-8 bytes.
  static func hash(_ text: String) -> UInt64 { FNV1a(text.utf8).value }
}

extension Question {
  /// What is independent of others: the family of variations, or the piece that the track is, or is an excerpt of.
  package var piece: String { family.isEmpty ? TrackSplit.piece(ofTrack: trackID) : family }
}
