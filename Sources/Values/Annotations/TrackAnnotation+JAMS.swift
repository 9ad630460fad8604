package import Files
package import Foundation
import Timelines

extension TrackAnnotation {
  /// Reads a JAMS file: of the annotations that hold segments the first of the namespace `segment_open`, or else the first whose namespace
  /// begins with `segment`; instruments are the observations of every `tag_…` annotation that have a duration.
  ///
  /// Humphrey et al. 2014, *JAMS: A JSON Annotated Music Specification*. `path` is what errors name.
  package init(jams data: Data, path: String) throws(FileError) {
    let file: JAMSFile
    do {
      file = try JSONDecoder().decode(JAMSFile.self, from: data)
    } catch {
      throw FileError(path: path, message: "is no JAMS file: \(Self.words(for: error))")
    }
    let parts = file.annotations.filter { $0.namespace.hasPrefix("segment") }
    let segments =
      parts.first { $0.namespace == "segment_open" && !$0.data.isEmpty } ?? parts.first { !$0.data.isEmpty } ?? parts.first
    let tags = file.annotations.filter { $0.namespace.hasPrefix("tag_") }
    guard segments != nil || !tags.isEmpty else {
      let names = Set(file.annotations.map(\.namespace)).sorted().joined(separator: ", ")
      throw FileError(
        path: path,
        message: "has no annotation of the namespace segment_open, nor tags; it has \(names.isEmpty ? "none" : names)")
    }
    let duration = file.metadata?.duration
    if let duration, !(0...InputLimit.duration).contains(duration) {
      throw FileError(
        path: path, message: "file_metadata.duration is \(duration) s; tracks last 0…\(InputLimit.duration) s")
    }
    var instruments: [Segment] = []
    for tag in tags { instruments += try Self.segments(of: tag, path: path) }
    self.init(
      duration: duration.flatMap { $0 > 0 ? $0 : nil },
      segments: try segments.map { annotation throws(FileError) in try Self.segments(of: annotation, path: path) }
        ?? [],
      instruments: instruments)
    guard !self.segments.isEmpty || !instruments.isEmpty else {
      throw FileError(path: path, message: "holds no segment")
    }
  }

  private static func segments(of annotation: JAMSFile.Annotation, path: String) throws(FileError) -> [Segment] {
    guard annotation.data.count <= InputLimit.segments else {
      throw FileError(
        path: path, message: "has \(annotation.data.count) segments; at most \(InputLimit.segments) are allowed")
    }
    var segments: [Segment] = []
    for (index, entry) in annotation.data.enumerated() {
      // A tag without a duration is of the whole track.
      guard entry.duration > 0 || !annotation.namespace.hasPrefix("tag_") else { continue }
      let end = entry.time + entry.duration
      guard entry.time >= 0, entry.duration >= 0, end <= InputLimit.duration,
        let interval = Interval(start: entry.time, end: end)
      else {
        throw FileError(
          path: path,
          message:
            "\(annotation.namespace), observation \(index): \(entry.time)–\(end) s; segments run forward in 0…\(InputLimit.duration) s"
        )
      }
      segments.append(Segment(interval, label: entry.value))
    }
    return segments
  }

  /// What a decoder complains of, with the key.
  private static func words(for error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().drop { $0 == "." }.description
    }
    switch error {
    case .keyNotFound(let key, let context): return "the key '\(place(context.codingPath + [key]))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "the value of '\(place(context.codingPath))' is of another kind: \(context.debugDescription)"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it is no JSON object" : "\(place(context.codingPath)): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}

/// What is read of a JAMS file.
private struct JAMSFile: Decodable {
  struct Metadata: Decodable {
    var duration: Double?
  }

  struct Annotation: Decodable {
    var namespace: String
    var data: [Observation]

    private enum CodingKeys: String, CodingKey { case namespace, data }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      namespace = try container.decode(String.self, forKey: .namespace)
      let isWanted = namespace.hasPrefix("segment") || namespace.hasPrefix("tag_")
      data = isWanted ? try container.decode([Observation].self, forKey: .data) : []
    }
  }

  struct Observation: Decodable {
    var time: Double
    var duration: Double
    var value: String
  }

  var annotations: [Annotation]
  var metadata: Metadata?

  private enum CodingKeys: String, CodingKey {
    case annotations
    case metadata = "file_metadata"
  }
}
