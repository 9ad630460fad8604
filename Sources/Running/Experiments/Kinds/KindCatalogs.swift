public import Options

/// The stages that `stage:` may name.
public typealias StageCatalog = Catalog<any StageKind.Type, Void>

extension StageCatalog {
  /// None.
  public init() {
    self.init("stage", name: { $0.name }, summary: { $0.summary }) { _ = $0.init(options: &$1, plugins: .builtIn) }
  }

  /// What a file means that names none: the first that learns from rewards.
  var usual: any StageKind.Type { all.first { $0.needs.features.contains(.reinforcement) } ?? all[0] }
}

/// The kinds that `policy: {kind: …}` may name; the first is what a file means that names none.
public typealias PolicyCatalog = Catalog<any PolicyKind.Type, any PolicyKind>

extension PolicyCatalog {
  /// None.
  public init() {
    self.init("policy kind", plural: "policies", key: "kind", name: { $0.name }, summary: { $0.summary }) { kind, options in
      var start = OptionReader()
      return kind.init(options: &options, start: &start, for: StageNeeds())
    }
  }
}

/// The sources that `tracks: {source: …}` may name; the first is what a file means that names none.
public typealias TrackSourceCatalog = Catalog<any TrackSourceKind.Type, any TrackSourceKind>

extension TrackSourceCatalog {
  /// None.
  public init() {
    self.init(
      "track source", plural: "tracks", key: "source", name: { $0.name }, summary: { $0.summary },
      make: { $0.init(options: &$1) })
  }
}

extension Catalog {
  /// The part that the map's ``key`` names, `usual` where it names none; an unknown name is recorded, and gives `nil`.
  func chosen(options: inout OptionReader, usual: Part, help: String) -> Part? {
    let name = options.text(key, default: name(of: usual), help: help)
    if let part = self[name] { return part }
    options.recordUnknown(noun, name: name, known: names, at: key)
    return nil
  }
}
