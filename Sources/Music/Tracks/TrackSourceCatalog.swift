public import Options

/// The sources that `tracks: {source: …}` may name; the first is what a file means that names none.
public typealias TrackSourceCatalog = Catalog<any TrackSourceKind.Type, any TrackSourceKind>

extension TrackSourceCatalog {
  /// None.
  package init() {
    self.init(
      "track source", plural: "tracks", key: "source", name: { $0.name }, summary: { $0.summary },
      make: { $0.init(options: &$1) })
  }
}

extension Catalog {
  /// The part that the map's ``key`` names, `usual` where it names none; an unknown name is recorded, and gives `nil`.
  package func chosen(options: inout OptionReader, usual: Part, help: String) -> Part? {
    let name = options.text(key, default: name(of: usual), help: help)
    if let part = self[name] { return part }
    options.recordUnknown(noun, name: name, known: names, at: key)
    return nil
  }
}

extension TrackSourceCatalog {
  /// Every source of tracks that ships with Takt.
  package static var builtIn: TrackSourceCatalog { builtInTracks }
}

// Add a line here for a new file.
private let builtInTracks = TrackSourceCatalog().listing([
  ComposedTrackKind.self, CorpusTrackKind.self, RecordingTrackKind.self, QuestionTrackKind.self,
])
