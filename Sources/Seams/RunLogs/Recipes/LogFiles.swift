public import Options

/// Who writes which file of a run's folder, so that no log writes into the file of another or of the run.
public struct LogFiles: Sendable {
  /// Names of the run itself.
  private let own: [String]
  /// File, in lower case, and what writes it.
  private var writers: [String: String] = [:]

  /// `own` are the files and folders that the run writes itself.
  public init(own: [String]) {
    self.own = own
    for name in own { writers[name.lowercased()] = "the run itself" }
  }

  /// Takes the files of a log, or records that one of them is taken.
  public mutating func claim(_ log: ChosenLog, options: inout OptionReader) {
    guard !log.isOwnLog else { return }
    for file in log.recipe.files {
      let key = file.lowercased()
      // A file that is replaced in one piece is first written beside its place.
      let taken = writers[key] ?? (key.hasSuffix(".partial") ? writers[String(key.dropLast(8))] : nil)
      if let taken {
        let canBeNamed = options.resolved.contains { $0.key == "file" }
        options.record(
          "must be a file of its own, not '\(file)', which \(taken) writes; not allowed: \(writers.keys.sorted().joined(separator: ", "))"
            + (canBeNamed ? ". Give another name, such as \(log.name)-copy.\(Self.ending(of: file))" : ". List this log once"),
          at: canBeNamed ? "file" : "sink")
      }
      writers[key] = writers[key] ?? "another log of this list, '\(log.name)',"
    }
  }

  private static func ending(of file: String) -> String {
    file.split(separator: ".").last.map(String.init) ?? "log"
  }
}

extension OptionReader {
  /// The option `file` of a log.
  mutating func logFile(default fallback: String) -> String {
    let file = text("file", default: fallback, help: "name in the run's folder")
    if file.contains("/") || ["", ".", ".."].contains(file) {
      record("must be a name without folders, not '\(file)'", at: "file")
    }
    return file
  }
}
