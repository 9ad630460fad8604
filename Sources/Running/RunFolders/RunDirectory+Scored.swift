import OptionFiles
import Options

extension RunDirectory {
  /// Whether the run has held-out scores at its end: an encoder's has none, nor has one without test tracks.
  package var isScored: Bool {
    guard let options = try? YAMLFile(path: resolvedFile).root.leaves else { return false }
    let isEncoder = options.contains { $0.name == "stage" && $0.value == "encoder" }
    return !isEncoder && !options.contains { $0.name == "tracks.test" && $0.value == "0" }
  }
}
