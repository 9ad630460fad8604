package import Options
import Tracks

/// The policy that a stage trains, with the options that are its kind's own.
public struct PolicyOptions: Sendable {
  package let policy: any PolicyKind
  /// Where what is trained is also written at the end; empty for nowhere else.
  package let exportFile: String

  /// Reads the policy that `policy.kind` names, from `policy`, `start`, `questions` and `export`.
  ///
  /// An unknown kind, or one that a stage asks too much of, is recorded.
  package init(options: inout OptionReader, plugins: Plugins, for stage: StageNeeds) {
    let usual = plugins.policies.all[0]
    let kind = options.section("policy") { section -> (any PolicyKind.Type)? in
      if section.contains("external"), !section.contains("kind") {
        section.record("is written `kind: external` beside `command: [PROGRAM, ARGUMENT, …]` now", at: "external")
        return nil
      }
      return plugins.policies.chosen(options: &section, usual: usual, help: "what kind of policy is trained")
    }
    guard let kind else {
      var nothing = OptionReader()
      self = Self.read(usual, &nothing, for: stage)
      for key in ["policy", "start", "questions"] { options.section(key) { $0.letBe() } }
      options.drop(["export"])
      return
    }
    self = Self.read(kind, &options, for: stage)
    let missing = stage.features.subtracting(policy.features).map(\.rawValue).sorted()
    guard let first = missing.first else { return }
    let able = PolicyFeature.stages.intersection(policy.features).map(\.rawValue).sorted()
    options.record(
      "is \(stage.stage), which needs \(missing.joined(separator: ", ")), and policy kind \(type(of: policy).name) has none: "
        + (PolicyFeature(rawValue: first).flatMap(policy.remedy)
          ?? (able.isEmpty ? "take another kind" : "it can be trained in \(able.joined(separator: ", "))")),
      at: "stage")
  }

  private init(policy: any PolicyKind, exportFile: String) {
    (self.policy, self.exportFile) = (policy, exportFile)
  }

  /// All that a policy of this kind reads in a stage.
  package static func read(_ kind: any PolicyKind.Type, _ options: inout OptionReader, for stage: StageNeeds) -> Self {
    // What a policy goes on from may decide which options it has, so both sections are open at once.
    var start = options.opened("start")
    var policy: any PolicyKind = options.section("policy") { kind.init(options: &$0, start: &start, for: stage) }
    options.close(start, "start")
    if stage.teaches { options.section("questions") { policy.readExamples(&$0, for: stage) } }
    let exports = policy.features.contains(.export)
    return Self(
      policy: policy,
      exportFile: exports
        ? options.text("export", default: "", help: "where the trained parameters are also written at the end") : "")
  }
}
