/// Why an annotation or an estimate cannot be measured.
public struct AnnotationError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// A time that is NaN or infinite.
    case notFinite
    /// A time after 30,000 s: most likely samples or milliseconds.
    case tooLate
    /// A time that is smaller than the one before.
    case unordered
    /// A time before the track begins.
    case negative
    /// An interval that ends where it starts.
    case empty
    /// Intervals and labels that are not equally many.
    case unlabelled
    /// A segmentation that does not start at 0.
    case lateStart
    /// Two segmentations that end at different times.
    case differentEnds
    /// Nothing to adjust to bounds that are not both given.
    case nothingToAdjust
    /// A pitch that is not a positive frequency.
    case pitch
    /// An event whose label is not among those evaluated.
    case unknownLabel
    /// Two events of one class of one file that overlap.
    case overlapping
  }

  public var code: Code
  /// What is wrong, where, the value seen, what is allowed, and the remedy.
  public var message: String

  public var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
