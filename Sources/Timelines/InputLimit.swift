/// What a file, a request or a command line may ask for. Every decoder of outside input refuses what lies beyond, naming the value and the
/// limit; the code behind the decoders may then rely on it. Stated here once, for all formats.
public enum InputLimit {
  /// Longest track and latest time, in seconds: a day.
  public static let duration = 86_400.0
  /// Largest step, number of steps, token count or track number.
  public static let count = 1_000_000_000
  /// Most references of one question.
  public static let references = 1_000
  /// Most choices or items to order of one question.
  public static let items = 100
  /// Most values of one YAML file, its aliases expanded.
  public static let yamlValues = 100_000
  /// Most bytes of one YAML file.
  public static let yamlBytes = 16 * 1024 * 1024
  /// Deepest nesting of one YAML file, its aliases expanded, and most keys of one path.
  public static let yamlDepth = 100
  /// Most runs of one grid.
  public static let gridRuns = 10_000
  /// Most bytes of one answer over HTTP.
  public static let httpBody = 16 * 1024 * 1024
}
