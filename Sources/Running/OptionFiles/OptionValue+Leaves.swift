import Options

extension OptionValue {
  /// Every value that holds no others, by its path: `training.steps`, `questions.tasks.0`; maps in a list that carry a label are
  /// named by it: `rewards.onset-error.scale`.
  package var leaves: [(name: String, value: String)] { leaves(at: "") }

  private func leaves(at path: String) -> [(name: String, value: String)] {
    func inside(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    switch content {
    case .null: return [(path, "")]
    case .flag(let flag): return [(path, "\(flag)")]
    case .number(let number): return [(path, OptionValue.written(number))]
    case .text(let text): return [(path, text)]
    case .list(let items):
      return items.enumerated().flatMap { $1.leaves(at: inside($1["label"]?.plainText ?? "\($0)")) }
    case .map(let entries): return entries.flatMap { $0.value.leaves(at: inside($0.key)) }
    }
  }
}
