/// What a file, a request or a command line may ask for.
///
/// Every decoder of outside input refuses what lies beyond, naming the value and the limit; the code behind the decoders may then rely on it.
/// Stated here once, for all formats.
package enum InputLimit {
  /// Longest track and latest time, in seconds: a day.
  package static let duration = 86_400.0
  /// Largest step, number of steps, token count or track number.
  package static let count = 1_000_000_000
  /// Most references of one question.
  package static let references = 1_000
  /// Most items to order of one question.
  package static let items = 100
  /// Most options of one choice: they are named by the letters A to Z.
  package static let choices = 26
  /// Most bytes of an id.
  package static let id = 1_000
  /// Most bytes of the label of a lane, a section or an item.
  package static let label = 200
  /// Most words of a text that are aligned with a reference.
  package static let comparedWords = 2_000
  /// Most completions of one request.
  package static let completions = 100_000
  /// Most bytes of one request's line.
  package static let requestBytes = 256 * 1024 * 1024
  /// Most values of one YAML file, its aliases expanded.
  package static let yamlValues = 100_000
  /// Most bytes of one YAML file.
  package static let yamlBytes = 16 * 1024 * 1024
  /// Deepest nesting of one YAML file, its aliases expanded, and most keys of one path.
  package static let yamlDepth = 100
  /// Most runs of one grid.
  package static let gridRuns = 10_000
  /// Most bytes of one MIDI file.
  package static let midiBytes = 32 * 1024 * 1024
  /// Most bytes of one archive of MIDI files.
  package static let archiveBytes = 512 * 1024 * 1024
  /// Most segments of an annotation, most different labels of them, and most bytes of its file.
  package static let segments = 100_000
  package static let labels = 1_000
  package static let annotationBytes = 16 * 1024 * 1024
  /// Most bytes of one answer over HTTP.
  package static let httpBody = 16 * 1024 * 1024
  /// Most bytes of one line from a policy in another process.
  package static let policyLine = 256 * 1024 * 1024
  /// Most values in that line: two for each of 8 million tokens.
  package static let policyValues = 1 << 24
  /// Most bytes of its line with a checkpoint: 3 GB of parameters and optimiser.
  package static let policyCheckpointLine = 4 * 1024 * 1024 * 1024
  /// Most bytes of its standard error that a run's folder keeps.
  package static let policyLog = 64 * 1024 * 1024
}
