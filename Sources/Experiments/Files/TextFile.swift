import Training

/// A report as a file.
public enum TextFile {
  /// Replaces the file at once; a reader sees the old content or the new.
  public static func write(_ text: String, to path: String) throws {
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
