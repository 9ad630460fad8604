import Numbers
import SeedStatistics
import Timelines

/// Two segmentations compared frame by frame: each labels every frame, as two clusterings of the same frames.
///
/// Frame k is at k·`frameSize` seconds, both rounded to `Float` before they are multiplied, for k below the end of the track
/// over the frame size. It takes the label, in lower case, of every segment with start ≤ t ≤ end, the last one winning; a frame
/// in a gap is labelled `none`. Agrees with `mir_eval.segment`.
public struct FrameClustering: Sendable {
  /// Frames by reference cluster (rows) and estimated cluster (columns).
  let table: [[Int]]
  let frameCount: Int
  /// Without segments on a side every measure is 0.
  let isEmpty: Bool
  let referenceCounts: [Int]
  let estimatedCounts: [Int]

  /// Throws where a segment starts before 0 or has no length, where a segmentation lacks labels, does not start at 0 s, or
  /// where both do not end together (within 10⁻⁵ of the end).
  ///
  /// `frameSize` in seconds, > 0.
  public init(reference: Segmentation, estimated: Segmentation, frameSize: Double = 0.1) throws(AnnotationError) {
    precondition(frameSize > 0, "a frame has a length")
    for side in [reference, estimated] { try Self.check(side) }
    if let end = reference.span?.end, let other = estimated.span?.end, !Self.isClose(end, other) {
      throw AnnotationError(
        .differentEnds, "the reference ends at \(end) s, the estimate at \(other) s; adjust the estimate to the reference's end"
      )
    }
    isEmpty = reference.intervals.isEmpty || estimated.intervals.isEmpty
    let rows = Self.clusters(of: reference, frameSize: frameSize)
    let columns = Self.clusters(of: estimated, frameSize: frameSize)
    var table = Array(repeating: Array(repeating: 0, count: columns.count), count: rows.count)
    for (row, column) in zip(rows.frames, columns.frames) { table[row][column] += 1 }
    self.table = table
    frameCount = min(rows.frames.count, columns.frames.count)
    referenceCounts = table.map { $0.reduce(0, +) }
    estimatedCounts = (0..<columns.count).map { column in table.reduce(0) { $0 + $1[column] } }
  }

  private static func check(_ side: Segmentation) throws(AnnotationError) {
    try side.requirePositiveLengths()
    guard side.labels.count == side.intervals.count else {
      throw AnnotationError(
        .unlabelled, "\(side.intervals.count) segments have \(side.labels.count) labels; give each segment one label")
    }
    if let start = side.span?.start, !isClose(start, 0) {
      throw AnnotationError(.lateStart, "the first segment starts at \(start) s; adjust the segmentation to start at 0 s")
    }
  }

  /// |a − b| ≤ 10⁻⁸ + 10⁻⁵·|b|.
  private static func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-8 + 1e-5 * abs(b)
  }

  private static func clusters(of side: Segmentation, frameSize: Double) -> (frames: [Int], count: Int) {
    let frameCount = Int(saturating: ((side.span?.end ?? 0) / frameSize).rounded(.down))
    let times = (0..<frameCount).map { Double(Float($0) * Float(frameSize)) }
    var names = Array(repeating: "none", count: frameCount)
    for (interval, label) in zip(side.intervals, side.labels) {
      let first = times.partitioningIndex { $0 >= interval.start }
      let last = times.partitioningIndex { $0 > interval.end }
      let name = label.lowercased()
      for frame in first..<max(first, last) { names[frame] = name }
    }
    var indices: [String: Int] = [:]
    let frames = names.map { name in
      let index = indices[name] ?? indices.count
      indices[name] = index
      return index
    }
    return (frames, indices.count)
  }

  static func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
}
