extension MIDIFile {
  /// The events of all tracks by tick; those of one tick by track, and as they stand there.
  var eventsInOrder: [MIDIEvent] {
    tracks.enumerated().flatMap { track, events in
      events.enumerated().map { (event: $0.element, track: track, order: $0.offset) }
    }.sorted { ($0.event.tick, $0.track, $0.order) < ($1.event.tick, $1.track, $1.order) }.map(\.event)
  }

  /// The file with every key and pedal let go where it ends.
  ///
  /// What stays down sounds on in a synthesizer, FluidSynth 2.3.1 for ever.
  func letGo() -> MIDIFile {
    var keys = [Set<UInt8>](repeating: [], count: 16)
    var pedals = [Set<UInt8>](repeating: [], count: 16)
    for event in eventsInOrder {
      switch event.message {
      case .noteOn(let channel, let key, let velocity) where velocity > 0: keys[Int(channel)].insert(key)
      case .noteOn(let channel, let key, _), .noteOff(let channel, let key, _): keys[Int(channel)].remove(key)
      case .control(let channel, let controller, let value) where controller == 64 || controller == 66:
        if value >= 64 { pedals[Int(channel)].insert(controller) } else { pedals[Int(channel)].remove(controller) }
      case .control(let channel, 121, _): pedals[Int(channel)] = []
      case .control(let channel, let controller, _) where controller == 120 || controller >= 123: keys[Int(channel)] = []
      default: break
      }
    }
    let end = self.end
    guard let last = tracks.indices.last(where: { self.end(ofTrack: $0) == end }) else { return self }
    var file = self
    for channel in UInt8(0)...15 {
      for pedal in pedals[Int(channel)].sorted() {
        file.tracks[last].append(MIDIEvent(tick: end, message: .control(channel: channel, controller: pedal, value: 0)))
      }
      for key in keys[Int(channel)].sorted() {
        file.tracks[last].append(MIDIEvent(tick: end, message: .noteOff(channel: channel, key: key, velocity: 64)))
      }
    }
    return file
  }
}
