package import Files
import Foundation
import Timelines

extension TrackAnnotation {
  /// Endings of files that ``init(file:)`` reads.
  package static let extensions = ["lab", "jams", "txt"]

  /// Whether a path has one of ``extensions``.
  package static func isAnnotation(_ path: String) -> Bool {
    extensions.contains(URL(fileURLWithPath: path).pathExtension.lowercased())
  }

  /// Reads a file by its ending: `.jams`, or a text with a segment a line.
  package init(file path: String) throws(FileError) {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    guard size <= InputLimit.annotationBytes else {
      throw FileError(
        path: path, message: "has \(size) bytes; at most \(InputLimit.annotationBytes) are allowed")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: path, message: "cannot be read: is it there, and may it be read?")
    }
    guard data.count <= InputLimit.annotationBytes else {
      throw FileError(
        path: path, message: "has \(data.count) bytes; at most \(InputLimit.annotationBytes) are allowed")
    }
    if URL(fileURLWithPath: path).pathExtension.lowercased() == "jams" {
      try self.init(jams: data, path: path)
    } else {
      guard let text = String(data: data, encoding: .utf8) ?? String(data: data, encoding: .isoLatin1) else {
        throw FileError(path: path, message: "is no text")
      }
      try self.init(lab: text, path: path)
    }
    if let long = (segments + instruments).first(where: { $0.label.utf8.count > InputLimit.label })?.label {
      throw FileError(
        path: path,
        message: "has a label of \(long.utf8.count) bytes, '\(long.prefix(40))…'; at most \(InputLimit.label) are allowed")
    }
    let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
    if let odd = (segments + instruments).first(where: { $0.label.unicodeScalars.contains(where: isControl) }) {
      let text = odd.label.unicodeScalars.prefix(40).map { isControl($0) ? "\u{FFFD}" : String($0) }.joined()
      throw FileError(path: path, message: "has the label '\(text)' with a control character; leave it out")
    }
    let labels = Set((segments + instruments).map(\.label)).count
    guard labels <= InputLimit.labels else {
      throw FileError(path: path, message: "has \(labels) different labels; at most \(InputLimit.labels) are allowed")
    }
  }
}
