import AudioLanguageModel
import Experiments
import Files
import Options
import RunReports

/// Policies' files on the command line.
package enum PolicyFiles {
  /// Shape, encoder and checksum, a line each.
  package static func description(of path: String) throws -> String {
    var table = TextTable(head: ["option", path])
    for (name, value) in try PolicyFile(path: path).lines() { table.rows.append([name, value]) }
    return table.aligned
  }

  /// Writes a file of an earlier version anew with its shape among its metadata; nothing is written where the tensors have another.
  ///
  /// - Parameter shape: the options of `policy:` that it was trained with, as YAML.
  package static func convert(_ path: String, shape: String, encoder: String?, to output: String) throws {
    let yaml = try YAMLFile(text: shape, path: "--shape")
    var options = OptionReader(yaml.root)
    let model = AudioLanguageModelConfiguration(shapeOptions: &options)
    do {
      try options.finish()
    } catch {
      throw ExperimentError(file: yaml.path, issues: error.issues)
    }
    let heard = try encoder.map { EncoderReference(try PolicyFile(path: path).openEncoder($0).encoder, file: $0) }
    try AtomicFile.write(try PolicyFile.converted(path, shape: model, encoder: heard), to: output)
  }
}
