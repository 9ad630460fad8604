import OptionFiles
import Options

/// The arms that stand in an experiment's file, each with what it changes of it.
///
///     name: demo
///     stage: reinforcement
///     …
///     arms:
///       control:                                # `takt train FILE --arm control`, runs/demo-control
///         stage: questions
///         training.learning-rate.peak: 0.001
///
/// An arm is the file with its changes: a key path or a map within a map changes what it names and leaves the rest, but an algorithm is
/// another one whole, and `null` takes a key away. What of the file the arm's stage or policy has no use for is left out of it. `control` is
/// the arm that the experiment is compared with unless another is named. `arm: NAME` beside `arms` chooses one, as a grid's list does; `main`
/// is the experiment itself.
struct ExperimentArms {
  struct Arm {
    var name: String
    var changes: [OptionChange]
  }

  /// The arm that an experiment is compared with where nothing else is said.
  static let control = "control"
  /// The experiment itself among its arms.
  static let itself = "main"

  /// The file without its arms: the experiment itself.
  let main: YAMLFile
  private(set) var arms: [Arm] = []
  /// The one that `arm:` names; `nil` for the experiment itself.
  let chosen: String?

  var names: [String] { arms.map(\.name) }

  /// Throws where `arms` is no map from names to changes.
  init(_ file: YAMLFile) throws {
    main = file.setting("arms", to: nil).setting("arm", to: nil)
    chosen = file.root["arm"].flatMap { $0.writtenText ?? $0.kind }.flatMap { $0 == Self.itself ? nil : $0 }
    guard let list = file.root["arms"] else { return }
    var issues = OptionReader(.emptyMap)
    if case .map(let entries) = list.content, !entries.isEmpty {
      var seen: Set<String> = []
      for entry in entries {
        let place = "arms.\(entry.key)"
        if let complaint = RunName.complaint(entry.key) { issues.record(complaint, at: place, line: entry.value.line) }
        if entry.key == Self.itself {
          issues.record("is the name of the experiment itself: give the arm another", at: place, line: entry.value.line)
        }
        if !seen.insert(entry.key).inserted { issues.record("is written twice", at: place, line: entry.value.line) }
        arms.append(Arm(name: entry.key, changes: OptionChange.list(in: entry.value, at: place, issues: &issues)))
      }
    } else {
      issues.record(
        "must be a map from the names of arms to what they change, such as {control: {stage: questions}}, not \(list.kind)",
        at: "arms", line: list.line)
    }
    let nested = arms.flatMap { arm in
      arm.changes.filter { ["arms", "arm", "extends"].contains($0.keys.first) }.map { (arm.name, $0) }
    }
    for (arm, change) in nested { issues.record("is no option of an arm: leave it out", at: "arms.\(arm).\(change.path)") }
    guard issues.issues.isEmpty else { throw ExperimentError(file: file.path, issues: issues.issues) }
  }

  /// The file of an arm; its run is named after the experiment and the arm unless the arm has a name of its own.
  ///
  /// Throws where no arm has this name.
  func file(of name: String) throws -> YAMLFile {
    guard let arm = arms.first(where: { $0.name == name }) else {
      let known =
        arms.isEmpty
        ? "it has none: write them under `arms:`, such as {control: {stage: questions}}"
        : "it has \(([Self.itself] + names).joined(separator: ", "))\(Suggestion.words(for: name, among: names))"
      throw ExperimentError(
        file: main.path, issues: [OptionIssue(path: "arms", line: nil, message: "holds no arm '\(name)'; \(known)")])
    }
    let own = main.root["name"]?.writtenText.map { OptionValue(.text("\($0)-\(name)")) }
    let named = main.setting("name", to: own).setting("summary", to: nil)
    return arm.changes.reduce(named) { $0.setting($1.path, to: $1.value, keepsLines: true) }
  }

  /// What is wrong with an arm beside its file: changes that nothing in it reads, and options in which it differs from the experiment though
  /// the file does not say so.
  ///
  /// - Parameters:
  ///   - resolved: every option of the arm.
  ///   - experiment: every option of the experiment itself.
  ///   - overrides: what the command line changes of the arm.
  func issues(of name: String, resolved: OptionValue, experiment: OptionValue, overrides: [String]) -> [OptionIssue] {
    guard let arm = arms.first(where: { $0.name == name }) else { return [] }
    var issues: [OptionIssue] = []
    let given = overrides.map { OptionChange(path: String($0.prefix { $0 != "=" }), value: OptionValue(.null)) }
    let places = arm.changes.map { ("arms.\(name).\($0.path)", $0) } + given.map { ("--set \($0.path)", $0) }
    for (place, change) in places where change.value != nil && resolved.value(at: change.keys) == nil {
      issues.append(
        OptionIssue(
          path: place, line: change.value?.line,
          message:
            "has no effect in the arm \(name)\(resolved["stage"]?.writtenText.map { ", of stage \($0)" } ?? ""): leave it out"
        ))
    }
    let stated = (arm.changes + given).map(\.keys) + [["name"], ["summary"]]
    for (path, own) in resolved.options {
      guard let other = experiment.value(at: path), other.leaves.map(\.value) != own.leaves.map(\.value) else { continue }
      guard !stated.contains(where: { path.starts(with: $0) || $0.starts(with: path) }) else { continue }
      let key = path.joined(separator: ".")
      issues.append(
        OptionIssue(
          path: "arms.\(name)", line: nil,
          message:
            "differs from the experiment in \(key) without saying so (\(other.shownValue) there, \(own.shownValue) here): "
            + "write \(key) in the arm, or in the experiment"))
    }
    return issues
  }
}

extension OptionValue {
  /// Options with their key paths; a list is one option.
  fileprivate var options: [(path: [String], value: OptionValue)] {
    guard case .map(let entries) = content else { return [([], self)] }
    return entries.flatMap { entry in entry.value.options.map { ([entry.key] + $0.path, $0.value) } }
  }

  /// What stands at a key path; `nil` where nothing does.
  fileprivate func value(at keys: [String]) -> OptionValue? {
    keys.reduce(OptionValue?.some(self)) { value, key in
      if case .list(let items)? = value?.content { return Int(key).flatMap { items.indices.contains($0) ? items[$0] : nil } }
      return value?[key]
    }
  }

  fileprivate var shownValue: String {
    let all = leaves.map(\.value).joined(separator: ", ")
    return all.count > 60 ? all.prefix(60) + "…" : all
  }
}
