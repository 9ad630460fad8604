public import Options
public import Training

/// The curricula that an experiment may name, a file and a line each.
public enum CurriculumCatalog {
  public static let all: [any Curriculum.Type] = [
    RewardOption.self,
    RolloutSpread.self,
    TaskMix.self,
  ]

  public static subscript(name: String) -> (any Curriculum.Type)? { all.first { $0.name == name } }

  /// Reads the list under `curriculum:`, in which a name alone stands for its defaults.
  ///
  /// An unknown name is recorded.
  public static func chosen(options: inout OptionReader) -> [any Curriculum] {
    options.sections("curriculum", shorthand: "curriculum") { section -> (any Curriculum)? in
      let name = section.text("curriculum", help: "name of the curriculum; `takt list curricula` shows them")
      guard let type = Self[name] else {
        section.recordUnknown("curriculum", name: name, known: all.map { $0.name }, at: "curriculum")
        return nil
      }
      return type.init(options: &section)
    }.compactMap { $0 }
  }
}
