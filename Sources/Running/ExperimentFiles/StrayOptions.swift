import Algorithms
import ExperimentKinds
import Options
import Tracks

/// Options that nobody reads in an experiment because they are of a stage, a policy kind or a track source that it does not name.
///
/// Each is refused with who has it; what nobody has at all is left for the reader to refuse.
struct StrayOptions {
  private let stage: any StageKind
  private let source: any TrackSourceKind.Type
  private let plugins: Plugins

  init(_ stage: any StageKind, _ source: any TrackSourceKind.Type, _ plugins: Plugins) {
    (self.stage, self.source, self.plugins) = (stage, source, plugins)
  }

  func refuse(in options: inout OptionReader) {
    if let policy = stage.policy {
      let needs = type(of: stage).needs
      refuse(
        in: &options, "policy kind", own: type(of: policy).name,
        others: plugins.policies.all.map { kind in
          (kind.name, { _ = PolicyOptions.read(kind, &$0, for: needs) })
        })
    }
    refuse(
      in: &options, "track source", own: source.name,
      others: plugins.tracks.all.map { kind in (kind.name, { $0.section("tracks") { _ = kind.init(options: &$0) } }) })
    let plugins = plugins
    refuse(
      in: &options, "stage", own: type(of: stage).name,
      others: plugins.stages.all.map { kind in (kind.name, { _ = kind.init(options: &$0, plugins: plugins) }) })
    for keys in options.unreadKeys(knownTo: { root in
      root.section("training") { $0.section("learning-rate") { _ = LearningRateSchedule.fall(&$0) } }
    }) {
      options.drop(keys, because: "is an option of rates that fall, and this one's shape is constant: leave it out")
    }
  }

  private func refuse(
    in options: inout OptionReader, _ noun: String, own: String,
    others: [(name: String, read: (inout OptionReader) -> Void)]
  ) {
    var owners: [[String]: [String]] = [:]
    var order: [[String]] = []
    for other in others where other.name != own {
      for keys in options.unreadKeys(knownTo: other.read) {
        if owners[keys] == nil { order.append(keys) }
        owners[keys, default: []].append(other.name)
      }
    }
    for keys in order {
      let names = owners[keys] ?? []
      let listed = names.count > 1 ? "\(noun)s \(names.joined(separator: ", "))" : "\(noun) \(names.joined())"
      options.drop(keys, because: "is an option of \(listed), and this is \(noun) \(own): leave it out")
    }
  }
}
