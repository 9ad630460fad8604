package import Options

/// The options that an algorithm was made with, as a file would write them: profile and all.
///
/// A mirror shows nothing of them: two algorithms are made of the same parts however they were written.
package struct WrittenOptions: Sendable, CustomReflectable {
  /// Empty where nothing was read.
  package private(set) var entries: [OptionEntry] = []

  init() {}

  init(_ options: AlgorithmOptions) {
    let profile = OptionEntry(key: "profile", value: OptionValue(.text(options.profile.rawValue)))
    entries = [profile] + options.reader.resolved.filter { $0.key != "algorithm" && $0.key != profile.key }
  }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
