/// The tracks of several sources, one source after the other.
struct JoinedTracks: RoutedTracks {
  private let sources: [any TrackSource]
  let count: Int

  init(_ sources: [any TrackSource]) {
    self.sources = sources
    count = sources.reduce(0) { $0 + $1.count }
  }

  func place(of index: Int) -> (source: any TrackSource, index: Int) {
    var place = index
    for source in sources {
      if place < source.count { return (source, place) }
      place -= source.count
    }
    preconditionFailure("track \(index) of \(count)")
  }
}
